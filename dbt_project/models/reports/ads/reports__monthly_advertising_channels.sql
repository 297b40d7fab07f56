-- What each platform cost and brought in each of the last thirteen months.
with

months as (
    select * from {{ ref('ads__metrics_by_platform') }}
    where period_type = 'month'
),

shares as (
    select
        store_id,
        period_start,
        sum(total_ad_spend) as spend,
        sum(revenue_from_ads) as revenue
    from months
    group by store_id, period_start
),

final as (
    select
        months.store_id,
        {{ as_of_date() }} as as_of_date,
        months.period_start as month_start,
        row_number() over (
            partition by months.store_id, months.period_start
            order by
                coalesce(months.revenue_from_ads, 0) desc,
                months.total_ad_spend desc,
                {{ by_text('months.platform') }}
        ) as revenue_rank,
        months.platform,
        months.is_complete,
        {{ rounded('months.total_ad_spend') }} as spend,
        {{ rounded(percent('months.total_ad_spend', 'shares.spend')) }} as spend_pct,
        case
            when months.is_complete
                then {{ rounded(
                    change_pct('months.total_ad_spend', 'month_before.total_ad_spend')
                ) }}
        end as spend_change_pct,
        {{ rounded('months.revenue_from_ads') }} as revenue,
        {{ rounded(percent('months.revenue_from_ads', 'shares.revenue')) }} as revenue_pct,
        case
            when months.is_complete
                then {{ rounded(
                    change_pct('months.revenue_from_ads', 'month_before.revenue_from_ads')
                ) }}
        end as revenue_change_pct,
        {{ rounded('months.return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('month_before.return_on_ad_spend') }} as roas_month_before,
        {{ rounded('months.conversions') }} as conversions,
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
    inner join shares
        on months.store_id = shares.store_id
        and months.period_start = shares.period_start
    left join months as month_before
        on months.store_id = month_before.store_id
        and months.platform = month_before.platform
        and month_before.period_start = {{ add_months(-1, 'months.period_start') }}
    where
        months.period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
)

select * from final
