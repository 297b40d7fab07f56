-- The ads of the last thirteen weeks, each week beside the one before. An unfinished week is held
-- against the same days of the week before.
with

metrics as (
    select * from {{ ref('ads__metrics') }}
),

advertisers as (
    select distinct store_id from {{ ref('ads__metrics_by_platform') }}
),

periods as (
    select * from {{ ref('core__periods') }}
),

weeks as (
    select
        metrics.*,
        periods.previous_period_type,
        periods.previous_start
    from metrics
    inner join advertisers on metrics.store_id = advertisers.store_id
    inner join periods
        on metrics.period_type = periods.period_type
        and metrics.period_start = periods.period_start
    where
        metrics.period_type = 'week'
        and metrics.period_start > {{ add_days(-91, as_of_date()) }}
),

final as (
    select
        weeks.store_id,
        {{ as_of_date() }} as as_of_date,
        weeks.period_start as week_start,
        weeks.period_end as week_end,
        weeks.is_complete,
        weeks.days_elapsed,
        {{ rounded('weeks.total_ad_spend') }} as spend,
        {{ rounded('week_before.total_ad_spend') }} as spend_week_before,
        {{ rounded(change_pct('weeks.total_ad_spend', 'week_before.total_ad_spend')) }}
            as spend_change_pct,
        {{ rounded('weeks.revenue_from_ads') }} as revenue,
        {{ rounded('week_before.revenue_from_ads') }} as revenue_week_before,
        {{ rounded(change_pct('weeks.revenue_from_ads', 'week_before.revenue_from_ads')) }}
            as revenue_change_pct,
        {{ rounded('weeks.return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('week_before.return_on_ad_spend') }} as roas_week_before,
        {{ rounded('weeks.conversions') }} as conversions,
        {{ rounded(change_pct('weeks.conversions', 'week_before.conversions')) }}
            as conversions_change_pct,
        {{ rounded('weeks.cost_per_acquisition') }} as cost_per_acquisition,
        {{ rounded('week_before.cost_per_acquisition') }} as cpa_week_before,
        {{ rounded('weeks.profit_from_ads') }} as profit_from_ads,
        weeks.impressions,
        weeks.clicks,
        {{ rounded('weeks.click_through_rate') }} as click_through_rate,
        {{ rounded('weeks.cost_per_click') }} as cost_per_click,
        {{ rounded('weeks.conversion_rate') }} as conversion_rate,
        {{ rounded('weeks.budget') }} as budget,
        {{ rounded('weeks.budget_utilization_pct') }} as budget_utilization_pct
    from weeks
    left join metrics as week_before
        on weeks.store_id = week_before.store_id
        and weeks.previous_period_type = week_before.period_type
        and weeks.previous_start = week_before.period_start
)

select * from final
