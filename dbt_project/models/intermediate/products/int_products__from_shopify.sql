-- One row a SKU; where several variants share one, the one that changed last speaks for it.
with

variants as (
    select * from {{ ref('stg_shopify__product_variants') }}
),

products as (
    select * from {{ ref('stg_shopify__products') }}
),

inventory_items as (
    select * from {{ ref('stg_shopify__inventory_items') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

deletions as (
    select * from {{ ref('stg_shopify__deletions') }}
    where subject_type = 'PRODUCT'
),

joined as (
    select
        variants.store_id,
        variants.variant_id,
        {{ shopify_sku('variants.sku', 'variants.variant_id', 'variants.title') }} as sku,
        case
            when variants.title in ('Default Title', '') or variants.title is null
                then products.title
            else {{ dbt.concat(['products.title', "' - '", 'variants.title']) }}
        end as product_name,
        products.description,
        coalesce(products.category_name, nullif(products.product_type, '')) as category,
        nullif(products.product_type, '') as sub_category,
        nullif(products.vendor, '') as brand,
        inventory_items.unit_cost_amount as unit_cost,
        variants.price_amount as current_price,
        coalesce(variants.compare_at_price_amount, variants.price_amount) as list_price,
        {{ shop_date('coalesce(products.published_at, products.created_at)', 'stores.time_zone') }}
            as launch_date,
        case
            when deletions.deleted_at is null and products.status = 'ACTIVE' then 'active'
            else 'discontinued'
        end as status,
        coalesce(products.is_gift_card, false) as is_gift_card,
        variants.created_at,
        variants.updated_at,
        {{ latest_load([
            'variants.load_id', 'products.load_id', 'inventory_items.load_id', 'deletions.load_id',
        ]) }} as load_id
    from variants
    inner join stores on variants.store_id = stores.store_id
    left join products
        on variants.store_id = products.store_id
        and variants.product_id = products.product_id
    left join inventory_items
        on variants.store_id = inventory_items.store_id
        and variants.inventory_item_id = inventory_items.inventory_item_id
    left join deletions
        on variants.store_id = deletions.store_id
        and variants.product_id = deletions.subject_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id, sku order by status, updated_at desc, variant_id desc
        ) as sku_rank
    from joined
),

final as (
    select
        store_id,
        sku,
        product_name,
        description,
        category,
        sub_category,
        brand,
        cast(null as {{ dbt.type_string() }}) as supplier_id,
        unit_cost,
        current_price,
        list_price,
        cast(null as {{ dbt.type_numeric() }}) as minimum_price,
        cast(null as {{ dbt.type_numeric() }}) as maximum_price,
        cast(null as {{ dbt.type_numeric() }}) as target_margin_percent,
        cast(null as {{ dbt.type_bigint() }}) as reorder_point,
        cast(null as {{ dbt.type_bigint() }}) as safety_stock_level,
        cast(null as {{ dbt.type_bigint() }}) as lead_time_days,
        cast(null as {{ dbt.type_bigint() }}) as order_multiple,
        cast(null as {{ dbt.type_bigint() }}) as minimum_order_quantity,
        launch_date,
        status,
        is_gift_card,
        created_at,
        updated_at,
        load_id
    from ranked
    where sku_rank = 1
)

select * from final
