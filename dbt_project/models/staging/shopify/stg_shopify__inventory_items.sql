with

source as (
    select * from {{ source('raw_shopify', 'inventory_items') }}
),

final as (
    select
        store_id,
        id as inventory_item_id,
        nullif(trim(sku), '') as sku,
        coalesce(is_tracked, false) as is_tracked,
        unit_cost_amount,
        unit_cost_currency,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        _dlt_load_id as load_id
    from source
)

select * from final
