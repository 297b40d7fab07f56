-- Every SKU that an order or a return names, with a name for it.
with

shopify as (
    select
        store_id,
        {{ shopify_sku('sku', 'variant_id', 'title') }} as sku,
        title as product_name
    from {{ ref('stg_shopify__order_lines') }}
),

items as (
    select * from {{ ref('stg_files__order_items') }}
),

return_items as (
    select * from {{ ref('stg_files__return_items') }}
),

named as (
    select store_id, sku, product_name from shopify
    union all
    select store_id, sku, product_name from items
    union all
    select store_id, sku, null as product_name from return_items
),

final as (
    select
        store_id,
        sku,
        coalesce(max(product_name), sku) as product_name
    from named
    group by store_id, sku
)

select * from final
