{#- Monday of a date's week. -#}
{% macro week_start(date_column) -%}
    {{ return(adapter.dispatch('week_start')(date_column)) }}
{%- endmacro %}

{% macro default__week_start(date_column) -%}
    cast(date_trunc('week', {{ date_column }}) as date)
{%- endmacro %}

{% macro bigquery__week_start(date_column) -%}
    date_trunc({{ date_column }}, isoweek)
{%- endmacro %}
