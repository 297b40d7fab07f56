{#- A UTC instant as the wall clock of the shop's zone. -#}
{% macro shop_time(instant_column, time_zone) -%}
    {{ return(adapter.dispatch('shop_time')(instant_column, time_zone)) }}
{%- endmacro %}

{% macro default__shop_time(instant_column, time_zone) -%}
    ({{ instant_column }} at time zone 'UTC' at time zone {{ time_zone }})
{%- endmacro %}

{% macro bigquery__shop_time(instant_column, time_zone) -%}
    datetime({{ instant_column }}, {{ time_zone }})
{%- endmacro %}
