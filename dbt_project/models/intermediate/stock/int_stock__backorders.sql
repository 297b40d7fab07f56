-- SKUs that customers may order while none is available.
with

variants as (
    select * from {{ ref('stg_shopify__product_variants') }}
),

named as (
    select
        store_id,
        {{ shopify_sku('sku', 'variant_id', 'title') }} as sku,
        inventory_policy
    from variants
),

final as (
    select
        store_id,
        sku
    from named
    where inventory_policy = 'CONTINUE'
    group by store_id, sku
)

select * from final
