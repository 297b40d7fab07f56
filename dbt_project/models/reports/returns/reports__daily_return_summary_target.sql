-- The return rate of the windows that end on the run's day, beside the target.
with

windows as (
    select 1 as window_rank, 'last_7_days' as period_type
    union all
    select 2 as window_rank, 'last_30_days' as period_type
    union all
    select 3 as window_rank, 'month_to_date' as period_type
    union all
    select 4 as window_rank, 'last_90_days' as period_type
    union all
    select 5 as window_rank, 'last_365_days' as period_type
),

metrics as (
    select * from {{ ref('returns__metrics') }}
),

final as (
    select
        metrics.store_id,
        {{ as_of_date() }} as as_of_date,
        windows.window_rank,
        metrics.period_type,
        metrics.period_start,
        metrics.returned_units,
        metrics.total_units_sold as units_sold,
        {{ rounded('metrics.return_rate') }} as return_rate,
        {{ rounded(var('return_rate_target_pct')) }} as return_rate_target_pct,
        {{ rounded('metrics.return_rate - ' ~ var('return_rate_target_pct')) }}
            as points_above_target,
        case
            when metrics.return_rate > {{ var('return_rate_target_pct') }} then 'above_target'
            when metrics.return_rate is not null then 'within_target'
        end as target_status,
        {{ rounded('metrics.return_rate_by_order_date') }} as return_rate_by_order_date,
        {{ rounded('metrics.cohort_maturity_pct') }} as cohort_maturity_pct
    from metrics
    inner join windows on metrics.period_type = windows.period_type
)

select * from final
