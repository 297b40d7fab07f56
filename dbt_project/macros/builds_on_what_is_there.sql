{#- Whether an incremental model adds to the table that is there. Without introspection nobody can
    ask the warehouse, and the SQL of a full build is compiled. -#}
{% macro builds_on_what_is_there() -%}
    {{ return(flags.INTROSPECT and is_incremental()) }}
{%- endmacro %}
