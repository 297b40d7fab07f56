with

source as (
    select * from {{ source('raw_shopify', 'product_variants') }}
),

final as (
    select
        store_id,
        id as variant_id,
        product_id,
        inventory_item_id,
        nullif(trim(sku), '') as sku,
        title,
        barcode,
        position,
        price_amount,
        compare_at_price_amount,
        inventory_policy,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        _dlt_load_id as load_id
    from source
)

select * from final
