-- How campaigns do by their bid strategy of today, over the settled days of the last
-- `ad_window_days`, against all campaigns of their platform. A campaign whose strategy was changed
-- brings its former days along.
with

campaign_days as (
    select
        *,
        coalesce(nullif(lower(bidding), ''), 'unknown') as bid_strategy
    from {{ ref('int_ad_facts__campaign_days') }}
    where
        is_settled and {{ dbt.datediff('day', as_of_date(), 'day') }} < {{ var('ad_window_days') }}
),

strategies as (
    select * from {{ ref('int_ads__bid_strategies') }}
),

store_sums as (
    select
        store_id,
        campaign_platform as platform,
        bid_strategy,
        {{ channel_sums() }}
    from campaign_days
    group by store_id, campaign_platform, bid_strategy
),

sums as (
    select * from store_sums
    union all
    select
        'all' as store_id,
        campaign_platform as platform,
        bid_strategy,
        {{ channel_sums() }}
    from campaign_days
    group by campaign_platform, bid_strategy
),

rated as (
    select
        sums.*,
        coalesce(strategies.automation, 'unknown') as automation,
        coalesce(strategies.goal, 'unknown') as goal,
        {{ safe_divide('sums.revenue', 'sums.spend') }} as return_on_ad_spend,
        {{ safe_divide('sums.spend', 'sums.conversions') }} as cost_per_acquisition,
        sum(sums.spend) over (partition by sums.store_id, sums.platform) as platform_spend,
        sum(sums.revenue) over (partition by sums.store_id, sums.platform) as platform_revenue,
        sum(sums.conversions) over (partition by sums.store_id, sums.platform)
            as platform_conversions,
        {{ has_enough_clicks('sums.impressions', 'sums.clicks') }}
        and sums.spend > 0 as has_enough_data
    from sums
    left join strategies on sums.bid_strategy = strategies.bid_strategy
),

final as (
    select
        store_id,
        platform,
        bid_strategy,
        automation,
        goal,
        {{ count_of('campaigns_count') }} as campaigns_count,
        {{ count_of('impressions') }} as impressions,
        {{ count_of('clicks') }} as clicks,
        {{ decimal('spend') }} as spend,
        {{ percent('spend', 'platform_spend') }} as spend_share_pct,
        cast(conversions as {{ type_ratio() }}) as conversions,
        {{ decimal('revenue') }} as revenue,
        {{ percent('clicks', 'impressions') }} as click_through_rate,
        {{ safe_divide('spend', 'clicks') }} as cost_per_click,
        {{ percent('conversions', 'clicks') }} as conversion_rate,
        cost_per_acquisition,
        return_on_ad_spend,
        {{ index_of('spend', 'conversions', 'platform_spend', 'platform_conversions') }}
            as cpa_index,
        {{ index_of('revenue', 'spend', 'platform_revenue', 'platform_spend') }} as roas_index,
        has_enough_data,
        case
            when has_enough_data
                then {{ count_of(
                    'row_number() over (partition by store_id, platform order by '
                    ~ 'case when has_enough_data then 0 else 1 end, return_on_ad_spend desc, '
                    ~ by_text('bid_strategy') ~ ')'
                ) }}
        end as roas_rank
    from rated
)

select * from final
