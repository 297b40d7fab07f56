{#- CTEs from `entity_days` and `receipts` to `metrics`: every inventory metric of each entity in
    each period. This is the one place where the ratios of stock are written. -#}
{% macro inventory_metrics(keys, counts_receipts=false) -%}
{{ inventory_facts(keys, counts_receipts) }},

store_metrics as (
    select
        {% for column in ['store_id'] + keys -%}
        facts.{{ column }},
        {% endfor -%}
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.elapsed_end,
        periods.days_elapsed,
        {{ count_of('facts.closing') }} as current_stock_quantity,
        {{ decimal('facts.stock_value') }} as stock_value,
        {{ decimal(safe_divide('facts.stock_value_sum', 'facts.days_in_data')) }}
            as average_stock_value,
        {{ count_of('facts.opening') }} as opening_stock_quantity,
        {{ count_of('facts.received') }} as units_received,
        {{ count_of('facts.units') }} as units_sold,
        {{ decimal('facts.cost_of_goods_sold') }} as cost_of_goods_sold,
        {{ safe_divide(
            var('velocity_window_days') ~ ' * facts.closing', 'facts.recent_units'
        ) }} as days_of_inventory,
        {{ safe_divide(
            'facts.cost_of_goods_sold * facts.days_in_data', 'facts.stock_value_sum'
        ) }} as inventory_turnover_ratio,
        {{ safe_divide(
            '365 * facts.cost_of_goods_sold * facts.days_in_data',
            '(facts.stock_value_sum * periods.days_elapsed)',
        ) }} as inventory_turnover_annualized,
        {{ percent('facts.units', 'facts.received') }} as sell_through_rate,
        {{ percent('facts.units', '(facts.opening + facts.received)') }}
            as sell_through_on_available,
        {{ count_of('facts.dead_units') }} as dead_stock_units,
        {{ percent('facts.dead_units', 'facts.closing') }} as dead_stock_percentage,
        {{ count_of('facts.stockout_days') }} as stockout_sku_days,
        {{ count_of('facts.sellable_days') }} as sellable_sku_days,
        {{ percent('facts.stockout_days', 'facts.sellable_days') }} as stockout_rate,
        {{ safe_divide('facts.lead_time_days', 'facts.receipt_count') }} as average_lead_time,
        {{ safe_divide('facts.units', 'periods.days_elapsed') }} as inventory_velocity,
        periods.is_complete
    from periods
    inner join facts
        on periods.period_start = facts.range_start
        and periods.elapsed_end = facts.range_end
),

{%- set columns = [
    'period_type', 'period_start', 'period_end', 'elapsed_end', 'days_elapsed',
    'current_stock_quantity', 'stock_value', 'average_stock_value', 'opening_stock_quantity',
    'units_received', 'units_sold', 'cost_of_goods_sold', 'days_of_inventory',
    'inventory_turnover_ratio', 'inventory_turnover_annualized', 'sell_through_rate',
    'sell_through_on_available', 'dead_stock_units', 'dead_stock_percentage', 'stockout_sku_days',
    'sellable_sku_days', 'stockout_rate', 'average_lead_time', 'inventory_velocity', 'is_complete',
] %}

-- The total of a single store is that store.
metrics as (
    select * from store_metrics
    union all
    select
        stores.store_id,
        {% for column in keys + columns -%}
        store_metrics.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from store_metrics
    cross join stores
    where stores.is_total and stores.store_count = 1
)
{%- endmacro %}
