{#- Millionths of a currency as an amount; to divide would make a float of it on DuckDB. -#}
{% macro google_micros(column) -%}
    {{ decimal(column ~ ' * ' ~ decimal('0.000001')) }}
{%- endmacro %}
