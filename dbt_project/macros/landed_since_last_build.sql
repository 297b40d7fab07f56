{#- Whether a row's load is newer than what the table holds; in a full build every row is. -#}
{% macro landed_since_last_build(load_id) -%}
    {%- if builds_on_what_is_there() -%}
    {{ load_id }} > (select coalesce(max(built.load_id), '') from {{ this }} as built)
    {%- else -%}
    true
    {%- endif -%}
{%- endmacro %}
