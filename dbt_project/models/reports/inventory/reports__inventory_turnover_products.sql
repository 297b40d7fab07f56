-- How fast each SKU turned over in ninety days, beside its own last two whole months.
with

products as (
    select * from {{ ref('inventory__turnover') }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        turnover_rank,
        sku,
        product_name,
        category,
        abc_class,
        movement_class,
        {{ rounded('inventory_turnover_ratio') }} as turnover_ratio,
        {{ rounded('inventory_turnover_annualized') }} as turnover_annualized,
        {{ rounded('store_turnover_annualized') }} as store_turnover_annualized,
        {{ rounded('turnover_last_month') }} as turnover_last_month,
        {{ rounded('turnover_month_before') }} as turnover_month_before,
        {{ rounded('turnover_change_pct') }} as turnover_change_pct,
        units_sold,
        {{ rounded('cost_of_goods_sold') }} as cost_of_goods_sold,
        {{ rounded('inventory_velocity') }} as units_per_day,
        current_stock_quantity as closing_units,
        {{ rounded('stock_value') }} as stock_value,
        {{ rounded('average_stock_value') }} as average_stock_value,
        {{ rounded('days_of_inventory') }} as days_of_inventory,
        {{ rounded('sell_through_rate') }} as sell_through_rate
    from products
)

select * from final
