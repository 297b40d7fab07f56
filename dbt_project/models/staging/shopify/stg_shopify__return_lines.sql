with

source as (
    select * from {{ source('raw_shopify', 'return_lines') }}
),

final as (
    select
        store_id,
        id as return_line_id,
        return_id,
        order_id,
        order_line_id,
        quantity,
        refunded_quantity,
        processed_quantity,
        reason_handle,
        reason_name,
        reason_note,
        customer_note,
        restocking_fee_amount,
        restocking_fee_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
