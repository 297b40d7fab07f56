{#- Day of week, 1 = Monday to 7 = Sunday. -#}
{% macro iso_weekday(date_column) -%}
    {{ return(adapter.dispatch('iso_weekday')(date_column)) }}
{%- endmacro %}

{% macro default__iso_weekday(date_column) -%}
    cast(extract(isodow from {{ date_column }}) as integer)
{%- endmacro %}

{% macro bigquery__iso_weekday(date_column) -%}
    cast(mod(extract(dayofweek from {{ date_column }}) + 5, 7) + 1 as int64)
{%- endmacro %}
