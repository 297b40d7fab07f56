-- Each target, what was sold against it, and where the sales should stand by now.
with

targets as (
    select * from {{ ref('core__targets') }}
),

days as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day'
),

all_targets as (
    select
        store_id,
        period_type,
        period_start,
        revenue_target,
        orders_target
    from targets
    union all
    select
        'all' as store_id,
        period_type,
        period_start,
        sum(revenue_target) as revenue_target,
        sum(orders_target) as orders_target
    from targets
    group by period_type, period_start
),

bounded as (
    select
        *,
        case period_type
            when 'day' then period_start
            when 'week' then {{ add_days(6, 'period_start') }}
            else {{ add_days(-1, add_months(1, 'period_start')) }}
        end as period_end
    from all_targets
),

cut_off as (
    select
        *,
        least(period_end, {{ as_of_date() }}) as elapsed_end,
        period_end <= {{ as_of_date() }} as is_complete
    from bounded
),

elapsed as (
    select
        *,
        {{ dbt.datediff('period_start', 'period_end', 'day') }} + 1 as days_total,
        case
            when period_start > elapsed_end then 0
            else {{ dbt.datediff('period_start', 'elapsed_end', 'day') }} + 1
        end as days_elapsed
    from cut_off
),

sold as (
    select
        elapsed.store_id,
        elapsed.period_type,
        elapsed.period_start,
        sum(days.total_revenue) as revenue_actual,
        sum(days.orders_count) as orders_actual
    from elapsed
    inner join days
        on elapsed.store_id = days.store_id
        and days.period_start between elapsed.period_start and elapsed.period_end
    group by elapsed.store_id, elapsed.period_type, elapsed.period_start
),

compared as (
    select
        elapsed.*,
        coalesce(sold.revenue_actual, 0) as revenue_actual,
        coalesce(sold.orders_actual, 0) as orders_actual,
        {{ safe_divide('elapsed.revenue_target * elapsed.days_elapsed', 'elapsed.days_total') }}
            as revenue_expected_by_now,
        {{ safe_divide('elapsed.orders_target * elapsed.days_elapsed', 'elapsed.days_total') }}
            as orders_expected_by_now
    from elapsed
    left join sold
        on elapsed.store_id = sold.store_id
        and elapsed.period_type = sold.period_type
        and elapsed.period_start = sold.period_start
),

paced as (
    select
        *,
        {{ percent('revenue_actual', 'revenue_expected_by_now') }} as revenue_pace_pct,
        {{ percent('orders_actual', 'orders_expected_by_now') }} as orders_pace_pct
    from compared
),

judged as (
    select
        *,
        case
            when revenue_target is null then 'no_target'
            when days_elapsed = 0 then 'upcoming'
            when revenue_actual >= revenue_target then 'achieved'
            when is_complete then 'missed'
            when revenue_pace_pct >= {{ var('goal_on_track_pct') }} then 'on_track'
            else 'off_track'
        end as status,
        case
            when orders_target is null then 'no_target'
            when days_elapsed = 0 then 'upcoming'
            when orders_actual >= orders_target then 'achieved'
            when is_complete then 'missed'
            when orders_pace_pct >= {{ var('goal_on_track_pct') }} then 'on_track'
            else 'off_track'
        end as orders_status
    from paced
),

final as (
    select
        store_id,
        period_type,
        period_start,
        period_end,
        status,
        {{ count_of('days_elapsed') }} as days_elapsed,
        {{ count_of('days_total') }} as days_total,
        {{ decimal('revenue_target') }} as revenue_target,
        {{ decimal('revenue_actual') }} as revenue_actual,
        {{ decimal('revenue_actual - revenue_target') }} as revenue_gap,
        {{ percent('revenue_actual', 'revenue_target') }} as attainment_pct,
        {{ decimal('revenue_expected_by_now') }} as expected_by_now,
        revenue_pace_pct as pace_pct,
        {{ count_of('orders_target') }} as orders_target,
        {{ count_of('orders_actual') }} as orders_actual,
        {{ percent('orders_actual', 'orders_target') }} as orders_attainment_pct,
        {{ decimal('orders_expected_by_now') }} as orders_expected_by_now,
        orders_pace_pct,
        orders_status,
        {{ percent(
            "sum(case when is_complete and status = 'achieved' then 1 else 0 end) over history",
            "sum(case when is_complete and status <> 'no_target' then 1 else 0 end) over history",
        ) }} as achieved_to_date_pct,
        is_complete
    from judged
    window history as (
        partition by store_id, period_type order by period_start
        rows between unbounded preceding and current row
    )
)

select * from final
