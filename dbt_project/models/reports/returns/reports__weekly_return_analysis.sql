-- The returns of the last thirteen weeks, each week beside the one before. An unfinished week is
-- held against the same days of the week before.
with

metrics as (
    select * from {{ ref('returns__metrics') }}
),

periods as (
    select * from {{ ref('core__periods') }}
),

weeks as (
    select
        metrics.*,
        periods.previous_period_type,
        periods.previous_start
    from metrics
    inner join periods
        on metrics.period_type = periods.period_type
        and metrics.period_start = periods.period_start
    where
        metrics.period_type = 'week'
        and metrics.period_start > {{ add_days(-91, as_of_date()) }}
),

final as (
    select
        weeks.store_id,
        {{ as_of_date() }} as as_of_date,
        weeks.period_start as week_start,
        weeks.period_end as week_end,
        weeks.is_complete,
        weeks.days_elapsed,
        weeks.total_returns,
        week_before.total_returns as total_returns_week_before,
        {{ rounded(change_pct('weeks.total_returns', 'week_before.total_returns')) }}
            as returns_change_pct,
        weeks.returned_units,
        {{ rounded('weeks.return_rate') }} as return_rate,
        {{ rounded('weeks.return_rate - week_before.return_rate') }} as return_rate_change_points,
        {{ rounded('weeks.return_rate_by_order_date') }} as return_rate_by_order_date,
        {{ rounded('weeks.cohort_maturity_pct') }} as cohort_maturity_pct,
        {{ rounded('weeks.return_value') }} as return_value,
        {{ rounded(change_pct('weeks.return_value', 'week_before.return_value')) }}
            as return_value_change_pct,
        {{ rounded('weeks.defect_rate') }} as defect_rate,
        {{ rounded('weeks.wrong_item_rate') }} as wrong_item_rate,
        {{ rounded('weeks.size_fit_returns') }} as size_fit_returns,
        {{ rounded('weeks.exchange_rate') }} as exchange_rate,
        {{ rounded('weeks.restocking_rate') }} as restocking_rate,
        {{ rounded('weeks.average_processing_time') }} as average_processing_time
    from weeks
    left join metrics as week_before
        on weeks.store_id = week_before.store_id
        and weeks.previous_period_type = week_before.period_type
        and weeks.previous_start = week_before.period_start
)

select * from final
