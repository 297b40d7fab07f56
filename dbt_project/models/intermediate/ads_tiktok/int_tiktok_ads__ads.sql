with

ads as (
    select * from {{ ref('stg_tiktok_ads__ads') }}
),

accounts as (
    select * from {{ ref('stg_tiktok_ads__accounts') }}
),

final as (
    select
        ads.store_id,
        'tiktok' as platform,
        ads.account_id,
        ads.campaign_id,
        ads.ad_group_id,
        ads.ad_id,
        ads.ad_name,
        case
            when ads.ad_format like '%CATALOG%' then 'product'
            when ads.ad_format like '%CAROUSEL%' then 'carousel'
            when ads.ad_format like '%IMAGE%' then 'image'
            when ads.ad_format like '%VIDEO%' then 'video'
        end as format,
        cast(null as {{ dbt.type_string() }}) as headline,
        ads.ad_text as body,
        lower(ads.call_to_action) as call_to_action,
        ads.landing_page,
        case
            when ads.is_deleted then 'deleted'
            when ads.operation_status = 'ENABLE' then 'active'
            else 'paused'
        end as status,
        {{ shop_date('ads.created_at', 'accounts.time_zone') }} as created_on
    from ads
    left join accounts
        on ads.store_id = accounts.store_id
        and ads.account_id = accounts.account_id
)

select * from final
