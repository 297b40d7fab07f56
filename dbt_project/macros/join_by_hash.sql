{#- A hook: PostgreSQL has no statistics of the steps inside a query, takes them for tiny and loops
    over them; hash joins are right for facts whatever their size. -#}
{% macro join_by_hash() -%}
    {%- if target.type == 'postgres' -%} set local enable_nestloop = off {%- endif -%}
{%- endmacro %}
