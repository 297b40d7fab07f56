-- The SKUs of a Shopify shop's inventory items, and whether the shop tracks their stock: a SKU is
-- tracked when one of its items is.
with

variants as (
    select * from {{ ref('stg_shopify__product_variants') }}
),

inventory_items as (
    select * from {{ ref('stg_shopify__inventory_items') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

named as (
    select
        variants.store_id,
        variants.inventory_item_id,
        {{ shopify_sku('variants.sku', 'variants.variant_id', 'variants.title') }} as sku,
        coalesce(inventory_items.is_tracked, false) as is_tracked,
        {{ shop_date('inventory_items.created_at', 'stores.time_zone') }} as created_day
    from variants
    inner join stores on variants.store_id = stores.store_id
    left join inventory_items
        on variants.store_id = inventory_items.store_id
        and variants.inventory_item_id = inventory_items.inventory_item_id
    where variants.inventory_item_id is not null
),

final as (
    select
        store_id,
        inventory_item_id,
        sku,
        max(case when is_tracked then 1 else 0 end) over (partition by store_id, sku) = 1
            as is_tracked,
        min(created_day) over (partition by store_id, sku) as created_day
    from named
)

select * from final
