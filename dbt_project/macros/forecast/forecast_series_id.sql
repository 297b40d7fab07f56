{#- The name of a series in the frames of the forecast: its key in one text. -#}
{% macro forecast_series_id(store_id, level, measure, entity, warehouse_location="''") -%}
    {{ dbt.concat([
        store_id, "'|'", level, "'|'", measure, "'|'", entity, "'|'", warehouse_location
    ]) }}
{%- endmacro %}
