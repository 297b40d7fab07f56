-- Where each campaign is heading: a day of its last settled weeks against a day of those before, by
-- revenue, or by clicks where it sells nothing.
with

windows as (
    select * from {{ ref('int_ad_facts__campaign_windows') }}
),

daily as (
    select
        *,
        previous_days > 0 as has_trend,
        recent_revenue + previous_revenue > 0 as has_sales,
        {{ safe_divide('recent_spend', 'recent_days') }} as recent_daily_spend,
        {{ safe_divide('previous_spend', 'previous_days') }} as previous_daily_spend,
        {{ safe_divide('recent_revenue', 'recent_days') }} as recent_daily_revenue,
        {{ safe_divide('previous_revenue', 'previous_days') }} as previous_daily_revenue,
        {{ safe_divide('recent_clicks', 'recent_days') }} as recent_daily_clicks,
        {{ safe_divide('previous_clicks', 'previous_days') }} as previous_daily_clicks,
        {{ safe_divide('recent_revenue', 'recent_spend') }} as recent_roas,
        {{ safe_divide('previous_revenue', 'previous_spend') }} as previous_roas,
        {{ rates_differ(
            'recent_conversions', 'recent_days', 'previous_conversions', 'previous_days',
            var('campaign_trend_score'),
        ) }} as conversions_differ,
        {{ rates_differ(
            'recent_clicks', 'recent_days', 'previous_clicks', 'previous_days',
            var('campaign_trend_score'),
        ) }} as clicks_differ
    from windows
),

changes as (
    select
        *,
        {{ index_change('recent_spend', 'recent_days', 'previous_spend', 'previous_days') }}
            as spend_change_pct,
        {{ index_change('recent_revenue', 'recent_days', 'previous_revenue', 'previous_days') }}
            as revenue_change_pct,
        {{ index_change('recent_clicks', 'recent_days', 'previous_clicks', 'previous_days') }}
            as clicks_change_pct,
        {{ index_change('recent_revenue', 'recent_spend', 'previous_revenue', 'previous_spend') }}
            as roas_change_pct
    from daily
),

final as (
    select
        store_id,
        source,
        campaign_id,
        first_day,
        last_day,
        last_settled_day,
        spend,
        conversions,
        revenue,
        recent_daily_spend,
        previous_daily_spend,
        spend_change_pct,
        recent_daily_revenue,
        previous_daily_revenue,
        revenue_change_pct,
        recent_daily_clicks,
        previous_daily_clicks,
        clicks_change_pct,
        recent_roas,
        previous_roas,
        roas_change_pct,
        cast(
            case when has_sales then revenue_change_pct else clicks_change_pct end
            as {{ type_ratio() }}
        ) as trend_pct,
        coalesce(has_trend, false) as has_trend,
        coalesce(case when has_sales then conversions_differ else clicks_differ end, false)
            as is_beyond_chance
    from changes
)

select * from final
