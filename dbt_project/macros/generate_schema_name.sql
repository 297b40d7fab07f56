{#- A model <schema>__<table> builds <schema>.<table>; SCHEMA_PREFIX goes before every schema. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ env_var('SCHEMA_PREFIX', '') ~ node.name.split('__')[0] }}
{%- endmacro %}
