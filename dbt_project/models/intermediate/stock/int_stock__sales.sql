-- What valid orders sold of each SKU, day by day up to the run: units sold and their cost. Sale
-- transactions move stock and count no units.
with

order_items as (
    select * from {{ ref('core__order_items') }}
    where is_valid and not is_gift_card and order_day <= {{ as_of_date() }}
),

final as (
    select
        store_id,
        sku,
        order_day as day,
        {{ count_of('sum(quantity)') }} as units,
        {{ decimal('sum(quantity * coalesce(unit_cost, 0))') }} as cost_of_goods_sold,
        max(case when quantity > 0 then 1 else 0 end) = 1 as has_sale
    from order_items
    group by store_id, sku, order_day
)

select * from final
