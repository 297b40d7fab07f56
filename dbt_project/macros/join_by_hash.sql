{#- A hook: PostgreSQL has no statistics of the steps inside a query, takes them for tiny and loops
    over them, or merges them by one of their keys; hash joins are right for facts whatever their
    size. -#}
{% macro join_by_hash() -%}
    {%- if target.type == 'postgres' -%}
    set local enable_nestloop = off;
    set local enable_mergejoin = off
    {%- endif -%}
{%- endmacro %}
