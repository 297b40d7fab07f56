{#- A figure as a reader wants it: two decimals. -#}
{% macro rounded(expression) -%}
    {{ return(adapter.dispatch('rounded')(expression)) }}
{%- endmacro %}

{% macro default__rounded(expression) -%}
    cast({{ expression }} as numeric(38, 2))
{%- endmacro %}

{% macro bigquery__rounded(expression) -%}
    round(cast({{ expression }} as numeric), 2)
{%- endmacro %}
