-- Ad groups and whom they are shown to: lists of people who came before, people of an interest, or
-- whoever the campaign finds.
with

ad_groups as (
    select * from {{ ref('stg_google_ads__ad_groups') }}
),

audiences as (
    select
        store_id,
        account_id,
        ad_group_id,
        {{ dbt.bool_or("audience_type = 'USER_LIST'") }} as has_list
    from {{ ref('stg_google_ads__ad_group_audiences') }}
    where not is_negative and status = 'ENABLED'
    group by store_id, account_id, ad_group_id
),

final as (
    select
        ad_groups.store_id,
        'google' as platform,
        ad_groups.account_id,
        ad_groups.campaign_id,
        ad_groups.ad_group_id,
        ad_groups.ad_group_name,
        {{ google_status('ad_groups.status') }} as status,
        case
            when audiences.has_list then 'retargeting'
            when audiences.ad_group_id is not null then 'interest'
            else 'prospecting'
        end as targeting
    from ad_groups
    left join audiences
        on ad_groups.store_id = audiences.store_id
        and ad_groups.account_id = audiences.account_id
        and ad_groups.ad_group_id = audiences.ad_group_id
)

select * from final
