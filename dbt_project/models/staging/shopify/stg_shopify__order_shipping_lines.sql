with

source as (
    select * from {{ source('raw_shopify', 'order_shipping_lines') }}
),

final as (
    select
        store_id,
        id as shipping_line_id,
        order_id,
        title,
        code,
        coalesce(is_removed, false) as is_removed,
        original_price_amount,
        original_price_presentment_amount,
        discounted_price_amount,
        discounted_price_presentment_amount,
        tax_amount,
        tax_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
