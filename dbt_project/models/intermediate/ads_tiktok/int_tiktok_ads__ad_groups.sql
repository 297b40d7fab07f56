with

ad_groups as (
    select * from {{ ref('stg_tiktok_ads__ad_groups') }}
),

final as (
    select
        store_id,
        'tiktok' as platform,
        account_id,
        campaign_id,
        ad_group_id,
        ad_group_name,
        case
            when is_deleted then 'deleted'
            when operation_status = 'ENABLE' then 'active'
            else 'paused'
        end as status,
        case
            when coalesce(shopping_ads_retargeting_type, 'OFF') <> 'OFF' then 'retargeting'
            when audience_ids is not null then 'lookalike'
            when interest_category_ids is not null then 'interest'
            else 'prospecting'
        end as targeting
    from ad_groups
)

select * from final
