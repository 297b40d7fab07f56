-- Ads to people who know the shop beside ads to those who do not, by the targeting of ad groups.
with

ad_groups as (
    select * from {{ ref('core__ad_groups') }}
    where targeting is not null
),

performance as (
    select * from {{ ref('core__ad_performance') }}
    where not is_unallocated and date <= {{ as_of_date() }}
),

days as (
    select
        performance.store_id,
        ad_groups.platform,
        ad_groups.targeting,
        performance.date as day,
        sum(performance.impressions) as impressions,
        sum(performance.clicks) as clicks,
        sum(performance.spend) as spend,
        sum(performance.conversions) as conversions,
        sum(performance.revenue) as revenue
    from performance
    inner join ad_groups
        on performance.store_id = ad_groups.store_id
        and performance.source = ad_groups.source
        and performance.campaign_id = ad_groups.campaign_id
        and performance.ad_group_id = ad_groups.ad_group_id
    group by performance.store_id, ad_groups.platform, ad_groups.targeting, performance.date
),

range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison and period_type <> 'day'
),

sums as (
    select
        days.store_id,
        days.platform,
        days.targeting,
        range_days.range_start,
        range_days.range_end,
        sum(days.impressions) as impressions,
        sum(days.clicks) as clicks,
        sum(days.spend) as spend,
        sum(days.conversions) as conversions,
        sum(days.revenue) as revenue
    from days
    inner join range_days on days.day = range_days.day
    group by
        days.store_id,
        days.platform,
        days.targeting,
        range_days.range_start,
        range_days.range_end
),

final as (
    select
        sums.store_id,
        sums.platform,
        sums.targeting,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        {{ count_of('sums.impressions') }} as impressions,
        {{ count_of('sums.clicks') }} as clicks,
        {{ percent('sums.clicks', 'sums.impressions') }} as click_through_rate,
        {{ decimal('sums.spend') }} as total_ad_spend,
        cast(sums.conversions as {{ type_ratio() }}) as conversions,
        {{ percent('sums.conversions', 'sums.clicks') }} as conversion_rate,
        {{ safe_divide('sums.spend', 'sums.conversions') }} as cost_per_acquisition,
        {{ decimal('sums.revenue') }} as revenue_from_ads,
        {{ safe_divide('sums.revenue', 'sums.spend') }} as return_on_ad_spend,
        {{ percent(
            'sums.spend',
            'sum(sums.spend) over (partition by sums.store_id, sums.platform,'
            ~ ' periods.period_type, periods.period_start)'
        ) }} as share_of_spend_pct
    from sums
    inner join periods
        on sums.range_start = periods.period_start
        and sums.range_end = periods.elapsed_end
)

select * from final
