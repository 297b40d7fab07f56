{#- A whole number as the same type on every engine, whatever its sum returns. -#}
{% macro count_of(expression) -%}
    cast({{ expression }} as {{ dbt.type_bigint() }})
{%- endmacro %}
