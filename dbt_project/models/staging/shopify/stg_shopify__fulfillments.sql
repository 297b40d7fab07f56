with

source as (
    select * from {{ source('raw_shopify', 'fulfillments') }}
),

final as (
    select
        store_id,
        id as fulfillment_id,
        order_id,
        location_id,
        status,
        {{ utc('created_at') }} as created_at,
        _dlt_load_id as load_id
    from source
)

select * from final
