with

source as (
    select * from {{ source('raw_shopify', 'returns') }}
),

final as (
    select
        store_id,
        id as return_id,
        order_id,
        name as return_name,
        status,
        {{ utc('created_at') }} as created_at,
        {{ utc('request_approved_at') }} as request_approved_at,
        {{ utc('closed_at') }} as closed_at,
        decline_reason,
        decline_note,
        return_shipping_fee_amount,
        return_shipping_fee_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
