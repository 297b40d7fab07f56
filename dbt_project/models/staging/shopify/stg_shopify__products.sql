with

source as (
    select * from {{ source('raw_shopify', 'products') }}
),

final as (
    select
        store_id,
        id as product_id,
        title,
        description,
        handle,
        vendor,
        product_type,
        category_name,
        tags,
        status,
        coalesce(is_gift_card, false) as is_gift_card,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        {{ utc('published_at') }} as published_at,
        _dlt_load_id as load_id
    from source
)

select * from final
