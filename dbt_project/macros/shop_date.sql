{#- The store-local day of a UTC instant. -#}
{% macro shop_date(instant_column, time_zone) -%}
    cast({{ shop_time(instant_column, time_zone) }} as date)
{%- endmacro %}
