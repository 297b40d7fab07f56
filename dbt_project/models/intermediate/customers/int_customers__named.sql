-- Customers that a source names, before their orders are known.
with

shopify as (
    select * from {{ ref('stg_shopify__customers') }}
),

files as (
    select * from {{ ref('stg_files__customers') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select
        shopify.store_id,
        shopify.customer_id,
        shopify.display_name as customer_name,
        shopify.email,
        shopify.phone,
        {{ shop_date('shopify.created_at', 'stores.time_zone') }} as registration_date,
        cast(null as {{ dbt.type_string() }}) as customer_segment,
        cast(null as {{ dbt.type_string() }}) as status,
        shopify.city,
        shopify.province as state,
        shopify.country,
        shopify.created_at
    from shopify
    inner join stores on shopify.store_id = stores.store_id
    union all
    select
        store_id,
        customer_id,
        customer_name,
        email,
        phone,
        registration_date,
        customer_segment,
        status,
        city,
        state,
        country,
        created_at
    from files
)

select * from final
