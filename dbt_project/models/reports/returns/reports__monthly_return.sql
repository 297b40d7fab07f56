-- The returns of the last thirteen months, each beside the month before and the month a year
-- before. An unfinished month is held against the same days of those.
with

metrics as (
    select * from {{ ref('returns__metrics') }}
),

periods as (
    select * from {{ ref('core__periods') }}
),

months as (
    select
        metrics.*,
        periods.previous_period_type,
        periods.previous_start,
        periods.last_year_period_type,
        periods.last_year_start
    from metrics
    inner join periods
        on metrics.period_type = periods.period_type
        and metrics.period_start = periods.period_start
    where
        metrics.period_type = 'month'
        and metrics.period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
),

final as (
    select
        months.store_id,
        {{ as_of_date() }} as as_of_date,
        months.period_start as month_start,
        months.is_complete,
        months.days_elapsed,
        months.total_returns,
        month_before.total_returns as total_returns_month_before,
        {{ rounded(change_pct('months.total_returns', 'month_before.total_returns')) }}
            as returns_month_over_month_pct,
        {{ rounded(change_pct('months.total_returns', 'year_before.total_returns')) }}
            as returns_year_over_year_pct,
        months.returned_units,
        {{ rounded('months.return_rate') }} as return_rate,
        {{ rounded('month_before.return_rate') }} as return_rate_month_before,
        {{ rounded('months.return_rate - month_before.return_rate') }}
            as return_rate_change_points,
        {{ rounded('months.return_rate - ' ~ var('return_rate_target_pct')) }}
            as points_above_target,
        {{ rounded('months.return_rate_by_order_date') }} as return_rate_by_order_date,
        {{ rounded('months.cohort_maturity_pct') }} as cohort_maturity_pct,
        {{ rounded('months.return_value') }} as return_value,
        {{ rounded(change_pct('months.return_value', 'month_before.return_value')) }}
            as return_value_month_over_month_pct,
        {{ rounded('months.refund_amount') }} as refund_amount,
        {{ rounded('months.recovered_value') }} as recovered_value,
        {{ rounded('months.net_return_loss') }} as net_return_loss,
        {{ rounded('months.return_cost_pct') }} as return_cost_pct,
        {{ rounded('months.defect_rate') }} as defect_rate,
        {{ rounded('months.wrong_item_rate') }} as wrong_item_rate,
        {{ rounded('months.size_fit_returns') }} as size_fit_returns,
        {{ rounded('months.exchange_rate') }} as exchange_rate,
        {{ rounded('months.restocking_rate') }} as restocking_rate,
        {{ rounded('months.average_processing_time') }} as average_processing_time
    from months
    left join metrics as month_before
        on months.store_id = month_before.store_id
        and months.previous_period_type = month_before.period_type
        and months.previous_start = month_before.period_start
    left join metrics as year_before
        on months.store_id = year_before.store_id
        and months.last_year_period_type = year_before.period_type
        and months.last_year_start = year_before.period_start
)

select * from final
