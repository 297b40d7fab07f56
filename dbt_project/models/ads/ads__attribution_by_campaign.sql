-- Touches that name no campaign are not here.
with

{{ attribution_metrics('campaign_id') }},

campaigns as (
    select
        store_id,
        campaign_id,
        min(campaign_name) as campaign_name
    from {{ ref('core__ad_campaigns') }}
    group by store_id, campaign_id
    union all
    select
        'all' as store_id,
        campaign_id,
        min(campaign_name) as campaign_name
    from {{ ref('core__ad_campaigns') }}
    group by campaign_id
),

final as (
    select
        metrics.store_id,
        metrics.period_type,
        metrics.period_start,
        metrics.period_end,
        metrics.model,
        metrics.campaign_id,
        campaigns.campaign_name,
        metrics.conversions,
        metrics.new_customers,
        metrics.revenue,
        metrics.spend,
        metrics.cost_per_acquisition,
        metrics.customer_acquisition_cost,
        metrics.return_on_ad_spend,
        metrics.profit,
        metrics.is_complete
    from metrics
    left join campaigns
        on metrics.store_id = campaigns.store_id
        and metrics.campaign_id = campaigns.campaign_id
)

select * from final
