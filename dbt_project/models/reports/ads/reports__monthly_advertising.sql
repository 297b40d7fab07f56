-- The ads of the last thirteen months, each beside the month before and the month a year before.
-- An unfinished month is held against the same days of those.
with

metrics as (
    select * from {{ ref('ads__metrics') }}
),

advertisers as (
    select distinct store_id from {{ ref('ads__metrics_by_platform') }}
),

sales as (
    select * from {{ ref('sales__metrics') }}
),

periods as (
    select * from {{ ref('core__periods') }}
),

months as (
    select
        metrics.*,
        periods.previous_period_type,
        periods.previous_start,
        periods.last_year_period_type,
        periods.last_year_start
    from metrics
    inner join advertisers on metrics.store_id = advertisers.store_id
    inner join periods
        on metrics.period_type = periods.period_type
        and metrics.period_start = periods.period_start
    where
        metrics.period_type = 'month'
        and metrics.period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
),

final as (
    select
        months.store_id,
        {{ as_of_date() }} as as_of_date,
        months.period_start as month_start,
        months.is_complete,
        months.days_elapsed,
        {{ rounded('months.total_ad_spend') }} as spend,
        {{ rounded('month_before.total_ad_spend') }} as spend_month_before,
        {{ rounded(change_pct('months.total_ad_spend', 'month_before.total_ad_spend')) }}
            as spend_month_over_month_pct,
        {{ rounded(change_pct('months.total_ad_spend', 'year_before.total_ad_spend')) }}
            as spend_year_over_year_pct,
        {{ rounded('months.revenue_from_ads') }} as revenue,
        {{ rounded('month_before.revenue_from_ads') }} as revenue_month_before,
        {{ rounded(change_pct('months.revenue_from_ads', 'month_before.revenue_from_ads')) }}
            as revenue_month_over_month_pct,
        {{ rounded(change_pct('months.revenue_from_ads', 'year_before.revenue_from_ads')) }}
            as revenue_year_over_year_pct,
        {{ rounded(percent('months.total_ad_spend', 'sales.total_revenue')) }}
            as spend_pct_of_sales,
        {{ rounded('months.return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('month_before.return_on_ad_spend') }} as roas_month_before,
        {{ rounded('year_before.return_on_ad_spend') }} as roas_year_before,
        {{ rounded('months.conversions') }} as conversions,
        {{ rounded(change_pct('months.conversions', 'month_before.conversions')) }}
            as conversions_month_over_month_pct,
        {{ rounded('months.cost_per_acquisition') }} as cost_per_acquisition,
        {{ rounded('month_before.cost_per_acquisition') }} as cpa_month_before,
        {{ rounded('months.profit_from_ads') }} as profit_from_ads,
        months.impressions,
        months.clicks,
        {{ rounded('months.click_through_rate') }} as click_through_rate,
        {{ rounded('months.cost_per_click') }} as cost_per_click,
        {{ rounded('months.cost_per_impression') }} as cost_per_impression,
        {{ rounded('months.conversion_rate') }} as conversion_rate
    from months
    left join sales
        on months.store_id = sales.store_id
        and months.period_type = sales.period_type
        and months.period_start = sales.period_start
    left join metrics as month_before
        on months.store_id = month_before.store_id
        and months.previous_period_type = month_before.period_type
        and months.previous_start = month_before.period_start
    left join metrics as year_before
        on months.store_id = year_before.store_id
        and months.last_year_period_type = year_before.period_type
        and months.last_year_start = year_before.period_start
)

select * from final
