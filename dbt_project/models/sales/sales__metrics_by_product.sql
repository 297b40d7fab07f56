-- Every SKU that sold in a period, ranked by revenue and by units; ties go by SKU.
with

{{ sales_entity_orders('sku') }},

{{ sales_metrics(['sku']) }},

products as (
    select
        sku,
        max(product_name) as product_name
    from {{ ref('core__products') }}
    group by sku
),

final as (
    select
        metrics.*,
        products.product_name,
        metrics.revenue_contribution_pct as product_contribution_pct,
        metrics.sales_velocity as product_velocity
    from metrics
    left join products on metrics.sku = products.sku
)

select * from final
