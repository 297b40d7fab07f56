-- An audience of its own is one of people who came before, unless TikTok says that it is alike one.
with

ad_groups as (
    select * from {{ ref('stg_tiktok_ads__ad_groups') }}
),

audiences as (
    select * from {{ ref('stg_tiktok_ads__audiences') }}
),

lookalikes as (
    select distinct
        ad_groups.store_id,
        ad_groups.ad_group_id
    from ad_groups
    inner join audiences
        on ad_groups.store_id = audiences.store_id
        and ad_groups.account_id = audiences.account_id
        and {{ dbt.concat(["', '", 'ad_groups.audience_ids', "','"]) }}
        like {{ dbt.concat(["'%, '", 'audiences.audience_id', "',%'"]) }}
    where lower(audiences.audience_type) like '%lookalike%'
),

final as (
    select
        ad_groups.store_id,
        'tiktok' as platform,
        ad_groups.account_id,
        ad_groups.campaign_id,
        ad_groups.ad_group_id,
        ad_groups.ad_group_name,
        case
            when ad_groups.is_deleted then 'deleted'
            when ad_groups.operation_status = 'ENABLE' then 'active'
            else 'paused'
        end as status,
        case
            when coalesce(ad_groups.shopping_ads_retargeting_type, 'OFF') <> 'OFF'
                then 'retargeting'
            when lookalikes.ad_group_id is not null then 'lookalike'
            when ad_groups.audience_ids is not null then 'retargeting'
            when ad_groups.interest_category_ids is not null then 'interest'
            else 'prospecting'
        end as targeting
    from ad_groups
    left join lookalikes
        on ad_groups.store_id = lookalikes.store_id
        and ad_groups.ad_group_id = lookalikes.ad_group_id
)

select * from final
