with

shipping_lines as (
    select * from {{ ref('stg_shopify__order_shipping_lines') }}
),

final as (
    select
        store_id,
        order_id,
        min(title) as shipping_method,
        sum(discounted_price_amount) as shipping_amount,
        sum(tax_amount) as shipping_tax_amount
    from shipping_lines
    where not is_removed
    group by store_id, order_id
)

select * from final
