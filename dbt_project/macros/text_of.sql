{#- A whole number as text, to be put into a sentence. -#}
{% macro text_of(expression) -%}
    cast({{ count_of(expression) }} as {{ dbt.type_string() }})
{%- endmacro %}
