-- Revenue and target added up day by day within each month and year, to the run's day.
with

days as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day'
),

target_days as (
    select * from {{ ref('int_sales__target_days') }}
),

calendar as (
    select * from {{ ref('core__calendar') }}
),

-- A month or year begins with its first day, be the store's first order or target later.
known_days as (
    select store_id, period_start as day from days
    union all
    select store_id, day from target_days
),

first_days as (
    select
        store_id,
        {{ date_trunc_to('month', 'min(day)') }} as first_month,
        {{ date_trunc_to('year', 'min(day)') }} as first_year
    from known_days
    group by store_id
),

periods as (
    select
        first_days.store_id,
        'month' as period_type,
        calendar.month_start as period_start,
        calendar.day
    from first_days
    inner join calendar on first_days.first_month <= calendar.day
    union all
    select
        first_days.store_id,
        'year' as period_type,
        calendar.year_start as period_start,
        calendar.day
    from first_days
    inner join calendar on first_days.first_year <= calendar.day
),

joined as (
    select
        periods.store_id,
        periods.period_type,
        periods.period_start,
        periods.day,
        coalesce(days.total_revenue, 0) as revenue,
        target_days.revenue_target
    from periods
    left join days
        on periods.store_id = days.store_id
        and periods.day = days.period_start
    left join target_days
        on periods.store_id = target_days.store_id
        and periods.day = target_days.day
),

running as (
    select
        *,
        sum(revenue) over to_date as cumulative_revenue,
        sum(revenue_target) over to_date as cumulative_target,
        sum(revenue_target) over (partition by store_id, period_type, period_start)
            as period_target
    from joined
    window to_date as (
        partition by store_id, period_type, period_start order by day
        rows between unbounded preceding and current row
    )
),

final as (
    select
        store_id,
        period_type,
        period_start,
        day,
        {{ decimal('revenue') }} as revenue,
        {{ decimal('cumulative_revenue') }} as cumulative_revenue,
        {{ decimal('revenue_target') }} as revenue_target,
        {{ decimal('cumulative_target') }} as cumulative_target,
        {{ decimal('period_target') }} as period_target,
        {{ percent('cumulative_revenue', 'cumulative_target') }} as attainment_pct,
        {{ percent('cumulative_revenue', 'period_target') }} as period_attainment_pct
    from running
    where day <= {{ as_of_date() }}
)

select * from final
