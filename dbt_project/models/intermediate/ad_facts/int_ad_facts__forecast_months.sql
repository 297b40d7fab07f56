-- The run's month and the months after it that the latest forecast of ads reaches to the end: what
-- came up to the run and what is expected of the rest.
with

forecasts as (
    select
        *,
        {{ date_trunc_to('month', 'period_start') }} as month_start
    from {{ ref('int_ad_facts__forecasts') }}
    where period_type = 'month'
),

platforms as (
    select distinct
        store_id,
        platform,
        as_of_date
    from {{ ref('int_ad_facts__forecasts') }}
),

platform_days as (
    select
        store_id,
        platform,
        period_start as day,
        total_ad_spend as spend,
        conversions,
        revenue_from_ads as revenue
    from {{ ref('ads__metrics_by_platform') }}
    where period_type = 'day'
),

-- On the last day of a month nothing of it is left to forecast.
months as (
    select
        store_id,
        platform,
        month_start,
        as_of_date
    from forecasts
    where period_end = {{ add_days(-1, add_months(1, 'month_start')) }}
    union all
    select
        store_id,
        platform,
        {{ date_trunc_to('month', 'as_of_date') }} as month_start,
        as_of_date
    from platforms
    where as_of_date = {{ add_days(-1, add_months(1, date_trunc_to('month', 'as_of_date'))) }}
),

so_far as (
    select
        months.store_id,
        months.platform,
        months.month_start,
        sum(platform_days.spend) as spend,
        sum(platform_days.conversions) as conversions,
        sum(platform_days.revenue) as revenue
    from months
    inner join platform_days
        on months.store_id = platform_days.store_id
        and months.platform = platform_days.platform
        and platform_days.day between months.month_start and months.as_of_date
    group by months.store_id, months.platform, months.month_start
),

final as (
    select
        months.store_id,
        months.platform,
        months.month_start,
        {{ add_days(-1, add_months(1, 'months.month_start')) }} as month_end,
        coalesce(forecasts.days, 0) as forecast_days,
        {{ ad_forecasts_with_actuals('so_far', 'forecasts') }},
        months.as_of_date
    from months
    left join forecasts
        on months.store_id = forecasts.store_id
        and months.platform = forecasts.platform
        and months.month_start = forecasts.month_start
    left join so_far
        on months.store_id = so_far.store_id
        and months.platform = so_far.platform
        and months.month_start = so_far.month_start
)

select * from final
