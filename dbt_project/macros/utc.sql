{#- A zoned timestamp as a plain UTC timestamp: what the word instant means in every model. -#}
{% macro utc(timestamp_column) -%}
    {{ return(adapter.dispatch('utc')(timestamp_column)) }}
{%- endmacro %}

{% macro default__utc(timestamp_column) -%}
    (cast({{ timestamp_column }} as timestamp with time zone) at time zone 'UTC')
{%- endmacro %}

{% macro bigquery__utc(timestamp_column) -%} {{ timestamp_column }} {%- endmacro %}
