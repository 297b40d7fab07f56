-- What each platform is expected to cost and to bring: each day after the as-of date, and each
-- month from the current one, of which the part that is over counts as it came.
with

forecasts as (
    select * from {{ ref('int_ad_facts__forecasts') }}
    where period_type = 'day' and period_start > {{ as_of_date() }}
),

forecast_months as (
    select * from {{ ref('int_ad_facts__forecast_months') }}
    where month_end >= {{ as_of_date() }}
),

metrics as (
    select * from {{ ref('ads__metrics_by_platform') }}
    where period_type in ('day', 'month')
),

platforms as (
    select
        store_id,
        platform,
        min(period_start) as first_day
    from metrics
    where period_type = 'day'
    group by store_id, platform
),

expected as (
    select
        store_id,
        platform,
        'day' as period_type,
        period_start,
        period_end,
        days as forecast_days,
        {{ ad_forecast_columns(has_actuals=false) }},
        {{ add_days(-364, 'period_start') }} as last_year_start,
        cast(null as date) as last_month_start,
        as_of_date
    from forecasts
    union all
    select
        store_id,
        platform,
        'month' as period_type,
        month_start as period_start,
        month_end as period_end,
        forecast_days,
        {{ ad_forecast_columns() }},
        {{ add_months(-12, 'month_start') }} as last_year_start,
        {{ add_months(-1, date_trunc_to('month', 'as_of_date')) }} as last_month_start,
        as_of_date
    from forecast_months
),

final as (
    select
        expected.store_id,
        expected.platform,
        expected.period_type,
        expected.period_start,
        expected.period_end,
        expected.forecast_days,
        {{ ad_forecast_columns('expected') }},
        {{ safe_divide('expected.revenue', 'expected.spend') }} as projected_roas,
        {{ safe_divide('expected.spend', 'expected.conversions') }}
            as projected_cost_per_acquisition,
        last_year.total_ad_spend as last_year_spend,
        last_year.conversions as last_year_conversions,
        last_year.revenue_from_ads as last_year_revenue,
        last_month.total_ad_spend as last_month_spend,
        last_month.conversions as last_month_conversions,
        last_month.revenue_from_ads as last_month_revenue,
        expected.period_type = 'month' and expected.period_start <= {{ as_of_date() }}
            as is_current_month,
        expected.as_of_date
    from expected
    left join platforms
        on expected.store_id = platforms.store_id
        and expected.platform = platforms.platform
    left join metrics as last_year
        on expected.store_id = last_year.store_id
        and expected.platform = last_year.platform
        and expected.period_type = last_year.period_type
        and expected.last_year_start = last_year.period_start
        -- A month in which the platform began is no comparison.
        and platforms.first_day <= last_year.period_start
    left join metrics as last_month
        on expected.store_id = last_month.store_id
        and expected.platform = last_month.platform
        and last_month.period_type = 'month'
        and expected.last_month_start = last_month.period_start
        and platforms.first_day <= last_month.period_start
)

select * from final
