-- What each of the last thirteen months was to bring, and brought up to its last elapsed day.
with

days as (
    select
        *,
        row_number() over (partition by store_id, period_start order by day desc) as days_from_end
    from {{ ref('sales__cumulative_vs_target') }}
    where
        period_type = 'month'
        and period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        period_start as month_start,
        day as last_day,
        {{ rounded('period_target') }} as revenue_target,
        {{ rounded('cumulative_target') }} as expected_by_now,
        {{ rounded('cumulative_revenue') }} as revenue_actual,
        {{ rounded('cumulative_revenue - cumulative_target') }} as revenue_gap,
        {{ rounded('attainment_pct') }} as pace_pct,
        {{ rounded('period_attainment_pct') }} as attainment_pct
    from days
    where days_from_end = 1
)

select * from final
