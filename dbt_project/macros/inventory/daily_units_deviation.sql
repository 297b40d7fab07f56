{#- Sample standard deviation of the units sold a day over `demand_window_days` days, days without a
    sale included, from the sum of units and of their squares. -#}
{% macro daily_units_deviation(units, squares) -%}
    {%- set days = var('demand_window_days') -%}
    {{ square_root(
        '(' ~ days ~ ' * ' ~ squares ~ ' - ' ~ units ~ ' * ' ~ units ~ ') / '
        ~ 'cast(' ~ days * (days - 1) ~ ' as ' ~ dbt.type_numeric() ~ ')'
    ) }}
{%- endmacro %}
