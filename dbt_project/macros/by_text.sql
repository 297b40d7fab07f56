{#- Text as a sort key that is the same on every engine: by code point, whatever the server's
    collation. -#}
{% macro by_text(column) -%}
    {{ return(adapter.dispatch('by_text')(column)) }}
{%- endmacro %}

{% macro default__by_text(column) -%} {{ column }} {%- endmacro %}

{% macro postgres__by_text(column) -%} {{ column }} collate "C" {%- endmacro %}
