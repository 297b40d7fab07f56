{#- The order size at which the costs of ordering and of holding stock are lowest together; null
    where the cost of a unit is not known or zero. -#}
{% macro economic_order_quantity(annual_demand, unit_cost) -%}
    cast(
        {{ square_root(
            '2 * ' ~ annual_demand ~ ' * ' ~ var('order_cost') ~ ' / nullif('
            ~ var('holding_cost_rate') ~ ' * ' ~ unit_cost ~ ', 0)'
        ) }} as {{ type_ratio() }}
    )
{%- endmacro %}
