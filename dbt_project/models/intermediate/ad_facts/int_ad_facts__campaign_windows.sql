-- What each campaign did a day over its last `campaign_trend_days` settled days, and over as many
-- before them. Conversions of open days are still to come, so that they would tell of decline.
with

campaign_days as (
    select
        store_id,
        source,
        campaign_platform as platform,
        campaign_id,
        day,
        sum(clicks) as clicks,
        sum(spend) as spend,
        sum(conversions) as conversions,
        sum(revenue) as revenue,
        not {{ dbt.bool_or('not is_settled') }} as is_settled
    from {{ ref('int_ad_facts__campaign_days') }}
    where impressions > 0 or spend > 0
    group by store_id, source, campaign_platform, campaign_id, day
),

lives as (
    select
        store_id,
        source,
        platform,
        campaign_id,
        min(day) as first_day,
        max(day) as last_day,
        max(case when is_settled then day end) as last_settled_day,
        {{ decimal('sum(spend)') }} as spend,
        cast(sum(conversions) as {{ type_ratio() }}) as conversions,
        {{ decimal('sum(revenue)') }} as revenue
    from campaign_days
    group by store_id, source, platform, campaign_id
),

aged as (
    select
        campaign_days.*,
        {{ dbt.datediff('campaign_days.day', 'lives.last_settled_day', 'day') }}
        < {{ var('campaign_trend_days') }} as is_recent
    from campaign_days
    inner join lives
        on campaign_days.store_id = lives.store_id
        and campaign_days.source = lives.source
        and campaign_days.campaign_id = lives.campaign_id
    where
        campaign_days.is_settled
        and {{ dbt.datediff('campaign_days.day', 'lives.last_settled_day', 'day') }}
        < 2 * {{ var('campaign_trend_days') }}
),

windows as (
    select
        store_id,
        source,
        campaign_id,
        {{ count_of('sum(case when is_recent then clicks else 0 end)') }} as recent_clicks,
        {{ count_of('sum(case when is_recent then 0 else clicks end)') }} as previous_clicks,
        {{ decimal('sum(case when is_recent then spend else 0 end)') }} as recent_spend,
        {{ decimal('sum(case when is_recent then 0 else spend end)') }} as previous_spend,
        cast(sum(case when is_recent then conversions else 0 end) as {{ type_ratio() }})
            as recent_conversions,
        cast(sum(case when is_recent then 0 else conversions end) as {{ type_ratio() }})
            as previous_conversions,
        {{ decimal('sum(case when is_recent then revenue else 0 end)') }} as recent_revenue,
        {{ decimal('sum(case when is_recent then 0 else revenue end)') }} as previous_revenue
    from aged
    group by store_id, source, campaign_id
),

lengths as (
    select
        *,
        coalesce({{ dbt.datediff('first_day', 'last_settled_day', 'day') }} + 1, 0)
            as settled_days
    from lives
),

final as (
    select
        lengths.*,
        {{ count_of('least(' ~ var('campaign_trend_days') ~ ', lengths.settled_days)') }}
            as recent_days,
        {{ count_of(
            'greatest(0, least(' ~ var('campaign_trend_days') ~ ', lengths.settled_days - '
            ~ var('campaign_trend_days') ~ '))'
        ) }} as previous_days,
        windows.recent_clicks,
        windows.previous_clicks,
        windows.recent_spend,
        windows.previous_spend,
        windows.recent_conversions,
        windows.previous_conversions,
        windows.recent_revenue,
        windows.previous_revenue
    from lengths
    left join windows
        on lengths.store_id = windows.store_id
        and lengths.source = windows.source
        and lengths.campaign_id = windows.campaign_id
)

select * from final
