{#- Stock at which to order again: the units that sell during the lead time, at the pace of the last
    `velocity_window_days` days, and the safety stock; rounded up. -#}
{% macro reorder_point(window_units, lead_time_days, safety_units) -%}
    {{ rounded_up(
        window_units ~ ' * cast(' ~ lead_time_days ~ ' as ' ~ type_double() ~ ') / '
        ~ var('velocity_window_days') ~ ' + ' ~ safety_units
    ) }}
{%- endmacro %}
