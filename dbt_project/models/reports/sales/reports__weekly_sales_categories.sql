-- What each category sold in each of the last thirteen weeks.
with

weeks as (
    select * from {{ ref('sales__metrics_by_category') }}
    where
        period_type = 'week'
        and period_start > {{ add_days(-91, as_of_date()) }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        period_start as week_start,
        revenue_rank,
        category,
        is_complete,
        {{ rounded('total_revenue') }} as revenue,
        {{ rounded('revenue_contribution_pct') }} as revenue_pct,
        {{ rounded('sales_growth_rate') }} as revenue_change_pct,
        {{ rounded('year_over_year_growth') }} as revenue_vs_last_year_pct,
        orders_count,
        total_units_sold as units_sold,
        {{ rounded('gross_margin_pct') }} as gross_margin_pct
    from weeks
)

select * from final
