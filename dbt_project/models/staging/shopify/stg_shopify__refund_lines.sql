with

source as (
    select * from {{ source('raw_shopify', 'refund_lines') }}
),

final as (
    select
        store_id,
        refund_id,
        order_id,
        order_line_id,
        position,
        quantity,
        restock_type,
        location_id,
        subtotal_amount,
        subtotal_presentment_amount,
        tax_amount,
        tax_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
