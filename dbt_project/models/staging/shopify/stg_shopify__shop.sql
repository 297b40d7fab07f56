with

source as (
    select * from {{ source('raw_shopify', 'shop') }}
),

final as (
    select
        store_id,
        id as shop_id,
        name as store_name,
        myshopify_domain,
        lower(trim(email)) as email,
        currency_code as currency,
        iana_timezone as time_zone,
        country_code as country,
        _dlt_load_id as load_id
    from source
)

select * from final
