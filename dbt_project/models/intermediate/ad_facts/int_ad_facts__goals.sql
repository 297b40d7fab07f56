-- Each goal of each platform for the next 30 days, and what the platform returned of late: over the
-- last 28 settled days with spend.
with

goals as (
    select * from {{ ref('seeds__ad_goals') }}
),

forecasts as (
    select * from {{ ref('int_ad_facts__forecasts') }}
    where period_type = 'horizon' and days = 30
),

points as (
    select
        *,
        row_number() over (
            partition by store_id, platform order by period_start desc
        ) as days_ago
    from {{ ref('int_ad_facts__spend_points') }}
    where level = 'platform' and frequency = 'day' and store_id <> 'all'
),

recent as (
    select
        store_id,
        platform,
        sum(spend) as spend,
        sum(revenue) as revenue,
        sum(conversions) as conversions
    from points
    where days_ago <= 28
    group by store_id, platform
),

measured as (
    select
        forecasts.store_id,
        forecasts.platform,
        goals.goal,
        goals.measure,
        goals.change_pct,
        forecasts.days,
        forecasts.spend as expected_spend,
        case
            when goals.measure = 'revenue' then forecasts.revenue
            else forecasts.conversions
        end as expected_value,
        {{ safe_divide(
            "case when goals.measure = 'revenue' then recent.revenue else recent.conversions end",
            'recent.spend'
        ) }} as recent_return,
        forecasts.as_of_date
    from forecasts
    cross join goals
    left join recent
        on forecasts.store_id = recent.store_id
        and forecasts.platform = recent.platform
),

final as (
    select
        store_id,
        platform,
        goal,
        measure,
        change_pct,
        days,
        {{ decimal('expected_spend') }} as expected_spend,
        {{ decimal('expected_value') }} as expected_value,
        {{ decimal('expected_value * (100 + change_pct) / 100') }} as goal_value,
        recent_return,
        as_of_date
    from measured
)

select * from final
