-- What has not sold for 60, 90 or 180 days, the most valuable first, with what to do about it.
with

dead_stock as (
    select * from {{ ref('inventory__dead_stock') }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by coalesce(stock_value, 0) desc, quantity_on_hand desc, {{ by_text('sku') }}
        ) as value_rank,
        sku,
        product_name,
        category,
        brand,
        supplier_id,
        days_bucket,
        days_without_sale,
        last_sale_date,
        first_received_date,
        quantity_on_hand,
        {{ rounded('unit_cost') }} as unit_cost,
        {{ rounded('stock_value') }} as stock_value,
        {{ rounded(percent('stock_value', 'sum(stock_value) over (partition by store_id)')) }}
            as stock_value_pct,
        {{ rounded('yearly_holding_cost') }} as yearly_holding_cost,
        on_order_units,
        {{ rounded('current_price') }} as current_price,
        advice,
        advice_text,
        discount_pct,
        {{ rounded('clearance_price') }} as clearance_price,
        {{ rounded('expected_revenue') }} as expected_revenue,
        {{ rounded('expected_profit') }} as expected_profit,
        is_below_cost
    from dead_stock
)

select * from final
