-- The run's day of each store that advertises, beside the day before and the same weekday a week
-- before.
with

days as (
    select * from {{ ref('ads__metrics') }}
    where period_type = 'day'
),

advertisers as (
    select distinct store_id from {{ ref('ads__metrics_by_platform') }}
),

stores as (
    select * from {{ ref('core__stores') }}
),

final as (
    select
        today.store_id,
        stores.store_name,
        today.period_start as as_of_date,
        {{ rounded('today.total_ad_spend') }} as spend,
        {{ rounded('yesterday.total_ad_spend') }} as spend_yesterday,
        {{ rounded(change_pct('today.total_ad_spend', 'yesterday.total_ad_spend')) }}
            as spend_vs_yesterday_pct,
        {{ rounded('last_week.total_ad_spend') }} as spend_last_week,
        {{ rounded(change_pct('today.total_ad_spend', 'last_week.total_ad_spend')) }}
            as spend_vs_last_week_pct,
        {{ rounded('today.revenue_from_ads') }} as revenue,
        {{ rounded('yesterday.revenue_from_ads') }} as revenue_yesterday,
        {{ rounded(change_pct('today.revenue_from_ads', 'yesterday.revenue_from_ads')) }}
            as revenue_vs_yesterday_pct,
        {{ rounded('last_week.revenue_from_ads') }} as revenue_last_week,
        {{ rounded(change_pct('today.revenue_from_ads', 'last_week.revenue_from_ads')) }}
            as revenue_vs_last_week_pct,
        {{ rounded('today.return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('yesterday.return_on_ad_spend') }} as roas_yesterday,
        {{ rounded('last_week.return_on_ad_spend') }} as roas_last_week,
        {{ rounded('today.conversions') }} as conversions,
        {{ rounded('yesterday.conversions') }} as conversions_yesterday,
        {{ rounded(change_pct('today.conversions', 'yesterday.conversions')) }}
            as conversions_vs_yesterday_pct,
        {{ rounded('last_week.conversions') }} as conversions_last_week,
        {{ rounded(change_pct('today.conversions', 'last_week.conversions')) }}
            as conversions_vs_last_week_pct,
        {{ rounded('today.cost_per_acquisition') }} as cost_per_acquisition,
        {{ rounded('yesterday.cost_per_acquisition') }} as cpa_yesterday,
        {{ rounded('last_week.cost_per_acquisition') }} as cpa_last_week,
        {{ rounded('today.profit_from_ads') }} as profit_from_ads,
        today.impressions,
        today.clicks,
        {{ rounded('today.click_through_rate') }} as click_through_rate,
        {{ rounded('today.cost_per_click') }} as cost_per_click
    from days as today
    inner join advertisers on today.store_id = advertisers.store_id
    inner join stores on today.store_id = stores.store_id
    left join days as yesterday
        on today.store_id = yesterday.store_id
        and yesterday.period_start = {{ add_days(-1, 'today.period_start') }}
    left join days as last_week
        on today.store_id = last_week.store_id
        and last_week.period_start = {{ add_days(-7, 'today.period_start') }}
    where today.period_start = {{ as_of_date() }}
)

select * from final
