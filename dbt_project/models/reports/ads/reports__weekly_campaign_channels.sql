-- What each platform cost and brought in each of the last thirteen weeks.
with

weeks as (
    select * from {{ ref('ads__metrics_by_platform') }}
    where period_type = 'week'
),

shares as (
    select
        store_id,
        period_start,
        sum(total_ad_spend) as spend,
        sum(revenue_from_ads) as revenue
    from weeks
    group by store_id, period_start
),

final as (
    select
        weeks.store_id,
        {{ as_of_date() }} as as_of_date,
        weeks.period_start as week_start,
        row_number() over (
            partition by weeks.store_id, weeks.period_start
            order by
                coalesce(weeks.revenue_from_ads, 0) desc,
                weeks.total_ad_spend desc,
                {{ by_text('weeks.platform') }}
        ) as revenue_rank,
        weeks.platform,
        weeks.is_complete,
        {{ rounded('weeks.total_ad_spend') }} as spend,
        {{ rounded(percent('weeks.total_ad_spend', 'shares.spend')) }} as spend_pct,
        {{ rounded(
            'case when weeks.is_complete then '
            ~ change_pct('weeks.total_ad_spend', 'week_before.total_ad_spend') ~ ' end'
        ) }} as spend_change_pct,
        {{ rounded('weeks.revenue_from_ads') }} as revenue,
        {{ rounded(percent('weeks.revenue_from_ads', 'shares.revenue')) }} as revenue_pct,
        {{ rounded(
            'case when weeks.is_complete then '
            ~ change_pct('weeks.revenue_from_ads', 'week_before.revenue_from_ads') ~ ' end'
        ) }} as revenue_change_pct,
        {{ rounded('weeks.return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('week_before.return_on_ad_spend') }} as roas_week_before,
        {{ rounded('weeks.conversions') }} as conversions,
        {{ rounded('weeks.cost_per_acquisition') }} as cost_per_acquisition,
        {{ rounded('week_before.cost_per_acquisition') }} as cpa_week_before,
        {{ rounded('weeks.profit_from_ads') }} as profit_from_ads,
        weeks.impressions,
        weeks.clicks,
        {{ rounded('weeks.click_through_rate') }} as click_through_rate,
        {{ rounded('weeks.cost_per_click') }} as cost_per_click,
        {{ rounded('weeks.cost_per_impression') }} as cost_per_impression,
        {{ rounded('weeks.conversion_rate') }} as conversion_rate
    from weeks
    inner join shares
        on weeks.store_id = shares.store_id
        and weeks.period_start = shares.period_start
    left join weeks as week_before
        on weeks.store_id = week_before.store_id
        and weeks.platform = week_before.platform
        and week_before.period_start = {{ add_days(-7, 'weeks.period_start') }}
    where
        weeks.period_start > {{ add_days(-91, as_of_date()) }}
)

select * from final
