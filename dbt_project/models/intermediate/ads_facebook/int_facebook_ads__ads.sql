-- Meta's ads with what they show.
with

ads as (
    select * from {{ ref('stg_facebook_ads__ads') }}
),

creatives as (
    select * from {{ ref('stg_facebook_ads__creatives') }}
),

accounts as (
    select * from {{ ref('stg_facebook_ads__accounts') }}
),

final as (
    select
        ads.store_id,
        'facebook' as platform,
        ads.account_id,
        ads.campaign_id,
        ads.ad_group_id,
        ads.ad_id,
        ads.ad_name,
        case
            when creatives.card_count > 0 then 'carousel'
            when creatives.video_id is not null or creatives.object_type = 'VIDEO' then 'video'
            when creatives.image_url is not null then 'image'
            when creatives.creative_id is not null then 'text'
        end as format,
        creatives.title as headline,
        creatives.body,
        creatives.call_to_action_type as call_to_action,
        creatives.link_url as landing_page,
        {{ facebook_status('ads.effective_status', 'null') }} as status,
        {{ shop_date('ads.created_at', 'accounts.time_zone') }} as created_on
    from ads
    inner join accounts
        on ads.store_id = accounts.store_id
        and ads.account_id = accounts.account_id
    left join creatives
        on ads.store_id = creatives.store_id
        and ads.account_id = creatives.account_id
        and ads.creative_id = creatives.creative_id
)

select * from final
