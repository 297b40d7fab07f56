{#- Units kept in reserve: the shop's own level, else what covers the swings of demand during the
    lead time at the service level. -#}
{% macro safety_units(safety_stock_level, deviation, lead_time_days) -%}
    coalesce(
        cast({{ safety_stock_level }} as {{ type_double() }}),
        {{ service_level_z() }} * {{ deviation }} * {{ square_root(lead_time_days) }}
    )
{%- endmacro %}
