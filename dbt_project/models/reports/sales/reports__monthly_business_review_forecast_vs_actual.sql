-- What each of the last thirteen months was to bring, by its target and by the last forecast before
-- it began, and what it brought up to its last elapsed day.
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

months as (
    select * from days
    where days_from_end = 1
),

-- Forecasts of whole months, those made last first.
forecasts as (
    select
        *,
        row_number() over (
            partition by store_id, period_start order by as_of_date desc
        ) as runs_ago
    from {{ ref('sales__forecast_vs_actual') }}
    where
        level = 'store'
        and measure = 'revenue'
        and period_type = 'month'
        and period_start = {{ date_trunc_to('month', 'period_end') }}
        and period_end
        = {{ add_days(-1, add_months(1, date_trunc_to('month', 'period_end'))) }}
),

store_months as (
    select
        months.store_id,
        months.period_start,
        forecasts.forecast,
        forecasts.lower_80,
        forecasts.upper_80,
        forecasts.as_of_date
    from months
    left join forecasts
        on months.store_id = forecasts.store_id
        and months.period_start = forecasts.period_start
        and forecasts.runs_ago = 1
    where months.store_id <> 'all'
),

-- The total is forecast where every store is. Bounds of several stores do not add up.
expected as (
    select * from store_months
    union all
    select
        'all' as store_id,
        period_start,
        case when count(*) = count(forecast) then sum(forecast) end as forecast,
        case when count(*) = 1 then max(lower_80) end as lower_80,
        case when count(*) = 1 then max(upper_80) end as upper_80,
        case when count(*) = count(forecast) then min(as_of_date) end as as_of_date
    from store_months
    group by period_start
),

final as (
    select
        months.store_id,
        {{ as_of_date() }} as as_of_date,
        months.period_start as month_start,
        months.day as last_day,
        {{ rounded('months.period_target') }} as revenue_target,
        {{ rounded('months.cumulative_target') }} as expected_by_now,
        {{ rounded('months.cumulative_revenue') }} as revenue_actual,
        {{ rounded('months.cumulative_revenue - months.cumulative_target') }} as revenue_gap,
        {{ rounded('months.attainment_pct') }} as pace_pct,
        {{ rounded('months.period_attainment_pct') }} as attainment_pct,
        expected.as_of_date as forecast_made_on,
        {{ rounded('expected.forecast') }} as revenue_forecast,
        {{ rounded('expected.lower_80') }} as forecast_lower_80,
        {{ rounded('expected.upper_80') }} as forecast_upper_80,
        {{ rounded('expected.forecast - months.cumulative_revenue') }} as forecast_error,
        {{ rounded(change_pct('expected.forecast', 'months.cumulative_revenue')) }}
            as forecast_error_pct,
        months.cumulative_revenue between expected.lower_80 and expected.upper_80
            as is_within_80
    from months
    left join expected
        on months.store_id = expected.store_id
        and months.period_start = expected.period_start
)

select * from final
