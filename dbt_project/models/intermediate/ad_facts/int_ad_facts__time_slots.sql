-- What ads did in each slot of the week, over the settled days of the last `best_time_days`: a slot
-- is a weekday, or an hour of one where a platform reports hours.
with

campaign_days as (
    select * from {{ ref('int_ad_facts__campaign_days') }}
    where
        is_settled
        and {{ dbt.datediff('day', as_of_date(), 'day') }} < {{ var('best_time_days') }}
),

hour_rows as (
    select * from {{ ref('int_ad_facts__rows') }}
    where level = 'hour' and hour is not null
),

slot_rows as (
    select
        store_id,
        platform,
        'weekday' as granularity,
        {{ iso_weekday('day') }} as day_of_week,
        cast(null as {{ dbt.type_int() }}) as hour,
        impressions,
        clicks,
        spend,
        conversions,
        revenue
    from campaign_days
    union all
    select
        store_id,
        'all' as platform,
        'weekday' as granularity,
        {{ iso_weekday('day') }} as day_of_week,
        cast(null as {{ dbt.type_int() }}) as hour,
        impressions,
        clicks,
        spend,
        conversions,
        revenue
    from campaign_days
    union all
    select
        hour_rows.store_id,
        hour_rows.platform,
        'hour' as granularity,
        {{ iso_weekday('hour_rows.day') }} as day_of_week,
        hour_rows.hour,
        hour_rows.impressions,
        hour_rows.clicks,
        hour_rows.spend,
        hour_rows.conversions,
        hour_rows.revenue
    from hour_rows
    inner join campaign_days
        on hour_rows.store_id = campaign_days.store_id
        and hour_rows.source = campaign_days.source
        and hour_rows.platform = campaign_days.platform
        and hour_rows.campaign_id = campaign_days.campaign_id
        and hour_rows.day = campaign_days.day
),

final as (
    select
        store_id,
        platform,
        granularity,
        day_of_week,
        hour,
        {{ count_of('coalesce(sum(impressions), 0)') }} as impressions,
        {{ count_of('coalesce(sum(clicks), 0)') }} as clicks,
        {{ decimal('coalesce(sum(spend), 0)') }} as spend,
        cast(coalesce(sum(conversions), 0) as {{ type_ratio() }}) as conversions,
        {{ decimal('coalesce(sum(revenue), 0)') }} as revenue
    from slot_rows
    group by store_id, platform, granularity, day_of_week, hour
)

select * from final
