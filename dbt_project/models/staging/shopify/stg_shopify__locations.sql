with

source as (
    select * from {{ source('raw_shopify', 'locations') }}
),

final as (
    select
        store_id,
        id as location_id,
        name as location_name,
        coalesce(is_active, false) as is_active,
        coalesce(fulfills_online_orders, false) as fulfills_online_orders,
        city,
        province,
        country_code as country,
        _dlt_load_id as load_id
    from source
)

select * from final
