{#- A decimal wide enough for money sums, the same on every engine. -#}
{% macro decimal(expression) -%}
    cast({{ expression }} as {{ dbt.type_numeric() }})
{%- endmacro %}
