-- What platforms claim beside what the shop's own orders say: the orders whose last click was one
-- of the platform's campaigns and, of all platforms together, those from paid traffic and all
-- orders. Meta is one platform here: a click tells the campaign, not the publisher.
with

campaign_metrics as (
    select * from {{ ref('ads__metrics_by_campaign') }}
),

attributed as (
    select * from {{ ref('ads__attribution_by_campaign') }}
    where model = 'last_click'
),

traffic as (
    select * from {{ ref('sales__metrics_by_traffic_source') }}
    where traffic_source = 'paid'
),

sales as (
    select * from {{ ref('sales__metrics') }}
),

campaigns as (
    select
        campaign_id,
        min(platform) as platform
    from {{ ref('core__ad_campaigns') }}
    group by campaign_id
),

told as (
    select
        store_id,
        period_type,
        period_start,
        period_end,
        campaign_id,
        conversions as claimed_conversions,
        revenue_from_ads as claimed_revenue,
        0 as last_click_orders,
        0 as last_click_revenue
    from campaign_metrics
    union all
    select
        store_id,
        period_type,
        period_start,
        period_end,
        campaign_id,
        0 as claimed_conversions,
        0 as claimed_revenue,
        conversions as last_click_orders,
        revenue as last_click_revenue
    from attributed
),

platforms as (
    select
        told.store_id,
        told.period_type,
        told.period_start,
        told.period_end,
        campaigns.platform,
        sum(told.claimed_conversions) as claimed_conversions,
        sum(told.claimed_revenue) as claimed_revenue,
        sum(told.last_click_orders) as last_click_orders,
        sum(told.last_click_revenue) as last_click_revenue
    from told
    inner join campaigns on told.campaign_id = campaigns.campaign_id
    group by
        told.store_id, told.period_type, told.period_start, told.period_end, campaigns.platform
),

all_platforms as (
    select
        store_id,
        period_type,
        period_start,
        period_end,
        'all' as platform,
        sum(claimed_conversions) as claimed_conversions,
        sum(claimed_revenue) as claimed_revenue,
        sum(last_click_orders) as last_click_orders,
        sum(last_click_revenue) as last_click_revenue
    from platforms
    group by store_id, period_type, period_start, period_end
),

unioned as (
    select * from platforms
    union all
    select * from all_platforms
),

final as (
    select
        unioned.store_id,
        unioned.period_type,
        unioned.period_start,
        unioned.period_end,
        unioned.platform,
        cast(unioned.claimed_conversions as {{ type_ratio() }}) as claimed_conversions,
        cast(unioned.last_click_orders as {{ type_ratio() }}) as last_click_orders,
        {{ safe_divide('unioned.claimed_conversions', 'unioned.last_click_orders') }}
            as claims_per_order,
        {{ decimal('unioned.claimed_revenue') }} as claimed_revenue,
        {{ decimal('unioned.last_click_revenue') }} as last_click_revenue,
        {{ safe_divide('unioned.claimed_revenue', 'unioned.last_click_revenue') }}
            as claimed_per_unit_of_revenue,
        case when unioned.platform = 'all' then coalesce(traffic.orders_count, 0) end
            as paid_orders,
        case
            when unioned.platform = 'all' then {{ decimal('coalesce(traffic.total_revenue, 0)') }}
        end as paid_revenue,
        case when unioned.platform = 'all' then coalesce(sales.orders_count, 0) end
            as orders_count,
        case
            when unioned.platform = 'all' then {{ decimal('coalesce(sales.total_revenue, 0)') }}
        end as total_revenue
    from unioned
    left join traffic
        on unioned.store_id = traffic.store_id
        and unioned.period_type = traffic.period_type
        and unioned.period_start = traffic.period_start
    left join sales
        on unioned.store_id = sales.store_id
        and unioned.period_type = sales.period_type
        and unioned.period_start = sales.period_start
)

select * from final
