{#- Units that last `overstock_days` days, at the pace of the last `velocity_window_days` days or of
    the year, whichever is faster. -#}
{% macro overstock_point(recent_units, annual_units) -%}
    {{ rounded_up(
        var('overstock_days') ~ ' * greatest('
        ~ safe_divide(recent_units, var('velocity_window_days')) ~ ', '
        ~ safe_divide(annual_units, 365) ~ ')'
    ) }}
{%- endmacro %}
