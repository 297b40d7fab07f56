-- Which platform serves which objective best, by the one figure that decides about it: what a
-- thousand impressions cost (awareness), a click (consideration), the return on spend (conversion),
-- what a purchase costs (retention). Over the settled days of the last `ad_window_days`: platforms
-- differ in how long their conversions take to be told.
with

campaign_days as (
    select * from {{ ref('int_ad_facts__campaign_days') }}
    where
        is_settled
        and common_objective <> 'unknown'
        and {{ dbt.datediff('day', as_of_date(), 'day') }} < {{ var('ad_window_days') }}
),

store_sums as (
    select
        store_id,
        common_objective as objective,
        platform,
        {{ channel_sums() }}
    from campaign_days
    group by store_id, common_objective, platform
),

sums as (
    select * from store_sums
    union all
    select
        'all' as store_id,
        common_objective as objective,
        platform,
        {{ channel_sums() }}
    from campaign_days
    group by common_objective, platform
),

rated as (
    select
        *,
        {{ safe_divide('1000 * spend', 'impressions') }} as cost_per_impression,
        {{ percent('clicks', 'impressions') }} as click_through_rate,
        {{ safe_divide('spend', 'clicks') }} as cost_per_click,
        {{ percent('video_views', 'video_impressions') }} as video_view_rate,
        {{ percent('engagements', 'engagement_impressions') }} as engagement_rate,
        {{ percent('conversions', 'clicks') }} as conversion_rate,
        {{ safe_divide('spend', 'conversions') }} as cost_per_acquisition,
        {{ safe_divide('revenue', 'spend') }} as return_on_ad_spend
    from sums
),

decided as (
    select
        *,
        case objective
            when 'awareness' then 'cost_per_impression'
            when 'consideration' then 'cost_per_click'
            when 'conversion' then 'return_on_ad_spend'
            else 'cost_per_acquisition'
        end as deciding_metric,
        case objective
            when 'awareness' then cost_per_impression
            when 'consideration' then cost_per_click
            when 'conversion' then return_on_ad_spend
            else cost_per_acquisition
        end as deciding_value,
        case objective
            when 'awareness' then impressions >= {{ var('ad_minimum_impressions') }}
            when 'retention' then conversions >= {{ var('ad_minimum_conversions') }}
            else clicks >= {{ var('ad_minimum_clicks') }}
        end and spend > 0 as has_enough_data
    from rated
),

placed as (
    select
        *,
        case
            when has_enough_data
                then row_number() over (
                    partition by store_id, objective
                    order by
                        case when has_enough_data then 0 else 1 end,
                        case when objective = 'conversion' then -deciding_value else deciding_value
                        end,
                        {{ by_text('platform') }}
                )
        end as place,
        sum(case when has_enough_data then 1 else 0 end) over (
            partition by store_id, objective
        ) as rivals
    from decided
),

final as (
    select
        store_id,
        objective,
        platform,
        deciding_metric,
        deciding_value,
        {{ count_of('place') }} as channel_rank,
        coalesce(place = 1 and rivals > 1, false) as is_best_channel,
        {{ count_of('campaigns_count') }} as campaigns_count,
        {{ decimal('spend') }} as spend,
        {{ percent('spend', 'sum(spend) over (partition by store_id, objective)') }}
            as spend_share_pct,
        {{ count_of('impressions') }} as impressions,
        {{ count_of('clicks') }} as clicks,
        cast(conversions as {{ type_ratio() }}) as conversions,
        {{ decimal('revenue') }} as revenue,
        cost_per_impression,
        click_through_rate,
        cost_per_click,
        video_view_rate,
        engagement_rate,
        conversion_rate,
        cost_per_acquisition,
        return_on_ad_spend,
        has_enough_data
    from placed
)

select * from final
