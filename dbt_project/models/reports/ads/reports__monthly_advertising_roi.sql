-- What advertising earned in each of the last thirteen months after its own cost and that of the
-- goods: the store (platform `all`), and each platform.
with

platform_months as (
    select
        store_id,
        platform,
        period_start,
        is_complete,
        total_ad_spend,
        revenue_from_ads,
        cost_of_goods_sold
    from {{ ref('ads__metrics_by_platform') }}
    where period_type = 'month'
),

levels as (
    select * from platform_months
    union all
    select
        store_id,
        'all' as platform,
        period_start,
        is_complete,
        total_ad_spend,
        revenue_from_ads,
        cost_of_goods_sold
    from platform_months
),

summed as (
    select
        store_id,
        platform,
        period_start,
        is_complete,
        sum(total_ad_spend) as spend,
        sum(revenue_from_ads) as revenue,
        sum(cost_of_goods_sold) as cost_of_goods_sold
    from levels
    group by store_id, platform, period_start, is_complete
),

rated as (
    select
        *,
        revenue - spend - cost_of_goods_sold as profit,
        {{ safe_divide('revenue', 'spend') }} as return_on_ad_spend,
        {{ safe_divide('revenue', 'revenue - cost_of_goods_sold') }} as break_even_roas,
        {{ percent('revenue - spend - cost_of_goods_sold', 'spend + cost_of_goods_sold') }}
            as return_on_investment
    from summed
),

curves as (
    select * from {{ ref('ads__response_curves') }}
),

final as (
    select
        rated.store_id,
        {{ as_of_date() }} as as_of_date,
        rated.period_start as month_start,
        row_number() over (
            partition by rated.store_id, rated.period_start
            order by
                case when rated.platform = 'all' then 0 else 1 end,
                coalesce(rated.profit, 0) desc,
                {{ by_text('rated.platform') }}
        ) as profit_rank,
        rated.platform,
        rated.is_complete,
        {{ rounded('rated.spend') }} as spend,
        {{ rounded('rated.revenue') }} as revenue,
        {{ rounded('rated.cost_of_goods_sold') }} as cost_of_goods_sold,
        {{ rounded('rated.profit') }} as profit_from_ads,
        {{ rounded('month_before.profit') }} as profit_month_before,
        {{ rounded('rated.return_on_investment') }} as return_on_investment,
        {{ rounded('rated.return_on_investment - month_before.return_on_investment') }}
            as roi_change_points,
        {{ rounded('rated.return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('rated.break_even_roas') }} as break_even_roas,
        {{ rounded('curves.marginal_return') }} as marginal_return,
        rated.profit > 0 as is_profitable
    from rated
    left join rated as month_before
        on rated.store_id = month_before.store_id
        and rated.platform = month_before.platform
        and month_before.period_start = {{ add_months(-1, 'rated.period_start') }}
    left join curves
        on rated.store_id = curves.store_id
        and rated.platform = curves.platform
    where
        rated.period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
)

select * from final
