-- A row's own currency goes before that of its campaign.
with

performance as (
    select * from {{ ref('stg_custom_api__performance') }}
),

campaigns as (
    select * from {{ ref('stg_custom_api__campaigns') }}
),

accounts as (
    select * from {{ ref('stg_custom_api__accounts') }}
),

final as (
    select
        performance.store_id,
        accounts.platform,
        performance.campaign_id,
        performance.ad_group_id,
        performance.ad_id,
        performance.keyword,
        performance.location,
        performance.device_type,
        coalesce(performance.currency, campaigns.currency, accounts.currency) as currency,
        performance.date,
        performance.impressions,
        performance.clicks,
        performance.spend,
        performance.conversions,
        performance.revenue,
        performance.video_views,
        performance.engagements,
        performance.add_to_carts,
        cast(null as {{ dbt.type_bigint() }}) as reach,
        cast(null as {{ type_ratio() }}) as view_through_conversions
    from performance
    left join accounts
        on performance.store_id = accounts.store_id
        and performance.account_id = accounts.account_id
    left join campaigns
        on performance.store_id = campaigns.store_id
        and performance.account_id = campaigns.account_id
        and performance.campaign_id = campaigns.campaign_id
)

select * from final
