-- Lines that count as sales: of valid orders up to the run's day, gift cards left out.
with

order_items as (
    select * from {{ ref('core__order_items') }}
),

products as (
    select * from {{ ref('core__products') }}
),

final as (
    select
        order_items.store_id,
        order_items.order_id,
        order_items.order_item_id,
        order_items.customer_id,
        order_items.order_day,
        order_items.sku,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        order_items.quantity as units,
        order_items.quantity * order_items.unit_price as gross_sales,
        order_items.discount_amount as discounts,
        order_items.total_amount as revenue,
        order_items.quantity * coalesce(order_items.unit_cost, 0) as cost_of_goods_sold,
        case when order_items.cost_source not in ('nearest', 'unknown') then 1 else 0 end
            as covered_line,
        case when order_items.cost_source <> 'unknown' then 1 else 0 end as costed_line
    from order_items
    left join products
        on order_items.store_id = products.store_id
        and order_items.sku = products.sku
    where
        order_items.is_valid
        and not order_items.is_gift_card
        and order_items.order_day <= {{ as_of_date() }}
)

select * from final
