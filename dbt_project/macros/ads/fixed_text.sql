{#- A figure as text with two decimals, to be put into a sentence; a dash where it is not known. -#}
{% macro fixed_text(expression) -%}
    coalesce(cast({{ rounded(expression) }} as {{ dbt.type_string() }}), '-')
{%- endmacro %}
