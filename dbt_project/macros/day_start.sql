{#- The UTC instant at which a day begins in the shop's zone. -#}
{% macro day_start(date_column, time_zone) -%}
    {{ return(adapter.dispatch('day_start')(date_column, time_zone)) }}
{%- endmacro %}

{% macro default__day_start(date_column, time_zone) -%}
    (cast({{ date_column }} as timestamp) at time zone {{ time_zone }} at time zone 'UTC')
{%- endmacro %}

{% macro bigquery__day_start(date_column, time_zone) -%}
    timestamp(cast({{ date_column }} as datetime), {{ time_zone }})
{%- endmacro %}
