-- What each campaign did in each period of the ranking, and in the period before; with the totals
-- of all stores. Rows of campaigns add up.
with

campaign_days as (
    select * from {{ ref('int_ad_facts__campaign_days') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where
        not is_comparison
        and period_type in (
            'last_7_days', 'last_30_days', 'last_90_days', 'last_365_days', 'month',
            'month_to_date', 'year_to_date', 'all_time'
        )
),

margins as (
    select
        store_id,
        period_type,
        period_start,
        gross_margin_pct
    from {{ ref('sales__metrics') }}
),

spans as (
    select
        period_type,
        period_start,
        false as is_previous,
        period_start as first_day,
        elapsed_end as last_day,
        period_type as span_type
    from periods
    union all
    select
        period_type,
        period_start,
        true as is_previous,
        previous_start as first_day,
        previous_end as last_day,
        previous_period_type as span_type
    from periods
    where previous_start is not null
),

store_sums as (
    select
        campaign_days.store_id,
        campaign_days.campaign_platform as platform,
        campaign_days.campaign_id,
        spans.period_type,
        spans.period_start,
        spans.is_previous,
        spans.first_day,
        spans.span_type,
        sum(campaign_days.impressions) as impressions,
        sum(campaign_days.clicks) as clicks,
        sum(campaign_days.spend) as spend,
        sum(case when campaign_days.is_settled then campaign_days.spend else 0 end)
            as settled_spend,
        sum(campaign_days.conversions) as conversions,
        sum(campaign_days.revenue) as revenue
    from campaign_days
    inner join spans on campaign_days.day between spans.first_day and spans.last_day
    group by
        campaign_days.store_id,
        campaign_days.campaign_platform,
        campaign_days.campaign_id,
        spans.period_type,
        spans.period_start,
        spans.is_previous,
        spans.first_day,
        spans.span_type
),

sums as (
    {{ plus_all_stores(
        'store_sums',
        [
            'platform', 'campaign_id', 'period_type', 'period_start', 'is_previous', 'first_day',
            'span_type',
        ],
        ['impressions', 'clicks', 'spend', 'settled_spend', 'conversions', 'revenue'],
    ) }}
),

final as (
    select
        sums.store_id,
        sums.platform,
        sums.campaign_id,
        sums.period_type,
        sums.period_start,
        sums.is_previous,
        sums.first_day,
        sums.span_type,
        {{ count_of('sums.impressions') }} as impressions,
        {{ count_of('sums.clicks') }} as clicks,
        {{ decimal('sums.spend') }} as spend,
        {{ decimal('sums.settled_spend') }} as settled_spend,
        cast(sums.conversions as {{ type_ratio() }}) as conversions,
        {{ decimal('sums.revenue') }} as revenue,
        {{ safe_divide('sums.revenue', 'sums.spend') }} as return_on_ad_spend,
        {{ decimal(
            'sums.revenue * margins.gross_margin_pct * 0.01 - sums.spend'
        ) }} as profit_from_ads,
        {{ has_enough_clicks('sums.impressions', 'sums.clicks') }} as has_enough_data
    from sums
    left join margins
        on sums.store_id = margins.store_id
        and sums.span_type = margins.period_type
        and sums.first_day = margins.period_start
)

select * from final
