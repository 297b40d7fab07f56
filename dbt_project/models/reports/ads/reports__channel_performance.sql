-- The platforms beside each other over the last thirty and ninety days.
with

platforms as (
    select * from {{ ref('ads__metrics_by_platform') }}
    where period_type in ('last_30_days', 'last_90_days')
),

shared as (
    select
        *,
        sum(total_ad_spend) over (partition by store_id, period_type) as store_spend,
        sum(revenue_from_ads) over (partition by store_id, period_type) as store_revenue
    from platforms
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id, period_type
            order by
                coalesce(revenue_from_ads, 0) desc, total_ad_spend desc, {{ by_text('platform') }}
        ) as revenue_rank,
        row_number() over (
            partition by store_id, period_type
            order by
                coalesce(return_on_ad_spend, 0) desc, total_ad_spend desc, {{ by_text('platform') }}
        ) as roas_rank
    from shared
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        period_type,
        revenue_rank,
        platform,
        {{ rounded('total_ad_spend') }} as spend,
        {{ rounded(percent('total_ad_spend', 'store_spend')) }} as spend_pct,
        {{ rounded('revenue_from_ads') }} as revenue,
        {{ rounded(percent('revenue_from_ads', 'store_revenue')) }} as revenue_pct,
        {{ rounded('return_on_ad_spend') }} as return_on_ad_spend,
        roas_rank,
        {{ rounded('conversions') }} as conversions,
        {{ rounded('cost_per_acquisition') }} as cost_per_acquisition,
        {{ rounded('profit_from_ads') }} as profit_from_ads,
        {{ rounded('return_on_investment') }} as return_on_investment,
        impressions,
        clicks,
        {{ rounded('click_through_rate') }} as click_through_rate,
        {{ rounded('cost_per_click') }} as cost_per_click,
        {{ rounded('cost_per_impression') }} as cost_per_impression,
        {{ rounded('conversion_rate') }} as conversion_rate,
        {{ rounded('engagement_rate') }} as engagement_rate,
        {{ rounded('video_view_rate') }} as video_view_rate,
        {{ rounded('add_to_cart_rate') }} as add_to_cart_rate
    from ranked
)

select * from final
