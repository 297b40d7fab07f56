with

items as (
    select * from {{ ref('stg_files__order_items') }}
),

final as (
    select
        store_id,
        order_item_id,
        order_id,
        sku,
        product_name,
        quantity,
        unit_price,
        unit_cost,
        coalesce(discount_amount, 0) as discount_amount,
        coalesce(total_amount, quantity * unit_price - coalesce(discount_amount, 0))
            as total_amount,
        false as is_gift_card
    from items
)

select * from final
