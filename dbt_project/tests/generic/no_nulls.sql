{#- Rows in which one of the columns is null. One test for a model's columns, not one each: every
    test costs a run some 50 ms, and a warehouse has hundreds of them. -#}
{% test no_nulls(model, columns) %}
    select {{ columns | join(', ') }}
    from {{ model }}
    where {{ columns | join(' is null or ') }} is null
{% endtest %}
