-- The ten SKUs that sold most on the run's day.
with

products as (
    select * from {{ ref('sales__metrics_by_product') }}
    where
        period_type = 'day'
        and period_start = {{ as_of_date() }}
        and revenue_rank <= 10
),

final as (
    select
        store_id,
        period_start as as_of_date,
        revenue_rank,
        sku,
        product_name,
        total_units_sold as units_sold,
        orders_count,
        {{ rounded('total_revenue') }} as revenue,
        {{ rounded('product_contribution_pct') }} as revenue_pct,
        {{ rounded('gross_margin_pct') }} as gross_margin_pct
    from products
)

select * from final
