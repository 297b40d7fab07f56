-- What each category sold in thirty days.
with

categories as (
    select * from {{ ref('sales__metrics_by_category') }}
    where period_type = 'last_30_days'
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        revenue_rank,
        category,
        {{ rounded('total_revenue') }} as revenue,
        {{ rounded('revenue_contribution_pct') }} as revenue_pct,
        {{ rounded('sales_growth_rate') }} as revenue_change_pct,
        {{ rounded('year_over_year_growth') }} as revenue_vs_last_year_pct,
        orders_count,
        total_units_sold as units_sold,
        {{ rounded('gross_profit') }} as gross_profit,
        {{ rounded('gross_margin_pct') }} as gross_margin_pct
    from categories
)

select * from final
