{#- Hooks around a model whose joins DuckDB sizes wrongly: on one thread, it would hash the millions
    of lines instead of what is joined to them. -#}
{% macro build_joins_as_written() -%}
    {%- if target.type == 'duckdb' -%}
    set disabled_optimizers = 'build_side_probe_side'
    {%- endif -%}
{%- endmacro %}

{% macro choose_join_sides() -%}
    {%- if target.type == 'duckdb' -%} reset disabled_optimizers {%- endif -%}
{%- endmacro %}
