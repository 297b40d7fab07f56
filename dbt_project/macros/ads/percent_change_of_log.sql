{#- A slope of a logarithm a day as a change in percent a day. -#}
{% macro percent_change_of_log(slope) -%}
    cast(100 * (exp({{ slope }}) - 1) as {{ type_ratio() }})
{%- endmacro %}
