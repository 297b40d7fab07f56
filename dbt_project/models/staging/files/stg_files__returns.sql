with

source as (
    select * from {{ source('raw_files', 'returns') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        return_id,
        order_id,
        customer_id,
        return_date,
        return_status,
        return_type,
        total_refund_amount,
        processing_cost,
        restocking_fee,
        shipping_cost,
        received_date,
        inspection_date,
        refund_date,
        exchange_processed_date,
        inspection_notes,
        _dlt_load_id as load_id
    from source
)

select * from final
