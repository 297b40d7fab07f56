-- What each ad platform reports day by day, and what it may be expected to report in the end.
-- Platforms go on adding conversions to a day for weeks: of days that are not settled, conversions
-- and revenue are expected at the rate at which spend brought them on the last settled days.
with

campaign_days as (
    select * from {{ ref('core__ad_breakdowns') }}
    where level = 'campaign' and date <= {{ as_of_date() }}
),

performance as (
    select * from {{ ref('core__ad_performance') }}
),

reported as (
    select
        store_id,
        platform,
        date as day,
        sum(spend) as spend,
        sum(conversions) as conversions,
        sum(revenue) as revenue
    from campaign_days
    group by store_id, platform, date
),

settling as (
    select
        store_id,
        platform,
        date as day,
        {{ dbt.bool_or('not is_settled') }} as is_open
    from performance
    group by store_id, platform, date
),

followed as (
    select
        reported.*,
        coalesce(settling.is_open, false) as is_open,
        max(case when not coalesce(settling.is_open, false) then reported.day end) over (
            partition by reported.store_id, reported.platform
        ) as last_settled_day
    from reported
    left join settling
        on reported.store_id = settling.store_id
        and reported.platform = settling.platform
        and reported.day = settling.day
),

rates as (
    select
        store_id,
        platform,
        {{ safe_divide('sum(conversions)', 'sum(spend)') }} as conversion_rate,
        {{ safe_divide('sum(revenue)', 'sum(spend)') }} as revenue_rate
    from followed
    where
        not is_open
        and {{ dbt.datediff('day', 'last_settled_day', 'day') }} < {{ var('forecast_usual_days') }}
    group by store_id, platform
),

judged as (
    select
        followed.*,
        case when followed.is_open then followed.spend * rates.conversion_rate end
            as expected_conversions,
        case when followed.is_open then followed.spend * rates.revenue_rate end
            as expected_revenue
    from followed
    left join rates
        on followed.store_id = rates.store_id
        and followed.platform = rates.platform
),

measured as (
    select
        store_id, platform, 'spend' as measure, day, spend as value,
        cast(null as {{ type_ratio() }}) as expected
    from judged
    union all
    select
        store_id, platform, 'conversions' as measure, day, conversions as value,
        cast(expected_conversions as {{ type_ratio() }}) as expected
    from judged
    union all
    select
        store_id, platform, 'revenue' as measure, day, revenue as value,
        cast(expected_revenue as {{ type_ratio() }}) as expected
    from judged
),

final as (
    select
        store_id,
        platform,
        measure,
        cast(value as {{ type_ratio() }}) as value,
        expected,
        day
    from measured
    where value is not null
)

select * from final
