-- What to call each ad that statistics tell about, which know neither its source nor its platform.
with

ads as (
    select * from {{ ref('core__ads') }}
),

ad_groups as (
    select * from {{ ref('core__ad_groups') }}
),

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

final as (
    select
        ads.store_id,
        ads.campaign_id,
        ads.ad_id,
        min(ads.platform) as platform,
        min(campaigns.campaign_name) as campaign_name,
        min(ad_groups.ad_group_name) as ad_group_name,
        min(ads.ad_name) as ad_name,
        min(ads.format) as format,
        min(ads.headline) as headline,
        min(ads.status) as status
    from ads
    left join campaigns
        on ads.store_id = campaigns.store_id
        and ads.source = campaigns.source
        and ads.campaign_id = campaigns.campaign_id
    left join ad_groups
        on ads.store_id = ad_groups.store_id
        and ads.source = ad_groups.source
        and ads.campaign_id = ad_groups.campaign_id
        and ads.ad_group_id = ad_groups.ad_group_id
    group by ads.store_id, ads.campaign_id, ads.ad_id
)

select * from final
