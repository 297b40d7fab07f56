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
        metrics.sales_velocity as product_velocity,
        row_number() over (
            partition by metrics.store_id, metrics.period_type, metrics.period_start
            order by metrics.total_revenue desc, metrics.sku
        ) as revenue_rank,
        row_number() over (
            partition by metrics.store_id, metrics.period_type, metrics.period_start
            order by metrics.total_units_sold desc, metrics.sku
        ) as units_rank
    from metrics
    left join products on metrics.sku = products.sku
)

select * from final
