{#- The type of ratios and percentages: nine decimals, BigQuery's NUMERIC on every engine. -#}
{% macro type_ratio() -%}
    {{ return(adapter.dispatch('type_ratio')()) }}
{%- endmacro %}

{% macro default__type_ratio() -%} numeric(38, 9) {%- endmacro %}

{% macro bigquery__type_ratio() -%} numeric {%- endmacro %}
