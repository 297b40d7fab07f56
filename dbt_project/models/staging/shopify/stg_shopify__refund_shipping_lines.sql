with

source as (
    select * from {{ source('raw_shopify', 'refund_shipping_lines') }}
),

final as (
    select
        store_id,
        id as refund_shipping_line_id,
        refund_id,
        order_id,
        shipping_line_id,
        subtotal_amount,
        subtotal_presentment_amount,
        tax_amount,
        tax_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
