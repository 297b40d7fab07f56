{#- The type of exchange rates: twelve decimals, so that yen turn into dollars to the cent. -#}
{% macro type_rate() -%}
    {{ return(adapter.dispatch('type_rate')()) }}
{%- endmacro %}

{% macro default__type_rate() -%} numeric(38, 12) {%- endmacro %}

{% macro bigquery__type_rate() -%} bignumeric {%- endmacro %}
