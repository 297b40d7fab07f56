with

source as (
    select * from {{ source('raw_shopify', 'inventory_levels') }}
),

final as (
    select
        store_id,
        inventory_item_id,
        location_id,
        state,
        quantity,
        snapshot_date,
        {{ utc('captured_at') }} as captured_at,
        {{ utc('updated_at') }} as updated_at,
        _dlt_load_id as load_id
    from source
)

select * from final
