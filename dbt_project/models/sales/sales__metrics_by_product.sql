-- Every SKU that sold in a period, ranked by revenue and by units; ties go by SKU.
with

{{ sales_entity_orders('sku') }},

{{ sales_metrics(['sku']) }},

products as (
    select * from {{ ref('core__products') }}
),

-- Stores may sell different things under one SKU; the total shows one of their names.
names as (
    select
        store_id,
        sku,
        product_name
    from products
    union all
    select
        'all' as store_id,
        sku,
        max(product_name) as product_name
    from products
    group by sku
),

final as (
    select
        metrics.*,
        names.product_name,
        metrics.revenue_contribution_pct as product_contribution_pct,
        metrics.sales_velocity as product_velocity
    from metrics
    left join names
        on metrics.store_id = names.store_id
        and metrics.sku = names.sku
)

select * from final
