{#- Rows whose parent is missing: the columns together name no row of `parent`. Rows in which one of
    them is null belong to nobody and pass. -#}
{% test belongs_to(model, parent, columns) %}
    select
        {% for column in columns -%}
        children.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ model }} as children
    left join {{ parent }} as parents
        on {% for column in columns -%}
        children.{{ column }} = parents.{{ column }}
        {{- ' and ' if not loop.last }}
        {%- endfor %}
    where
        parents.{{ columns[0] }} is null
        {%- for column in columns %}
        and children.{{ column }} is not null
        {%- endfor %}
{% endtest %}
