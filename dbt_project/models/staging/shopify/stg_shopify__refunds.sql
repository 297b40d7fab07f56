with

source as (
    select * from {{ source('raw_shopify', 'refunds') }}
),

final as (
    select
        store_id,
        id as refund_id,
        order_id,
        return_id,
        note,
        {{ utc('created_at') }} as created_at,
        {{ utc('processed_at') }} as processed_at,
        {{ utc('updated_at') }} as updated_at,
        total_refunded_amount,
        total_refunded_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
