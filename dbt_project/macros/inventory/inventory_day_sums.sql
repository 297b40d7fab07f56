{#- The additive measures of `int_inventory__days`, summed up under their own names. -#}
{% macro inventory_day_sums() -%}
    {%- for measure in [
        'closing', 'stock_value', 'received', 'units', 'cost_of_goods_sold', 'recent_units',
        'dead_units', 'sellable_days', 'stockout_days', 'activity_count',
    ] -%}
    sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
    {% endfor -%}
{%- endmacro %}
