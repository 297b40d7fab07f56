with

source as (
    select * from {{ source('raw_shopify', 'return_dispositions') }}
),

final as (
    select
        store_id,
        id as return_disposition_id,
        return_id,
        order_id,
        order_line_id,
        kind,
        quantity,
        location_id,
        {{ utc('created_at') }} as created_at,
        _dlt_load_id as load_id
    from source
)

select * from final
