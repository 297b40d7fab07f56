-- Every ad group that a source describes, and those that only its reports name.
with

ad_groups as (
    select * from {{ ref('int_ads__ad_groups') }}
),

reports as (
    select * from {{ ref('int_ads__reports') }}
),

reported as (
    select
        source,
        store_id,
        min(platform) as platform,
        min(account_id) as account_id,
        campaign_id,
        ad_group_id
    from reports
    where ad_group_id is not null
    group by source, store_id, campaign_id, ad_group_id
),

final as (
    select
        store_id,
        platform,
        account_id,
        campaign_id,
        ad_group_id,
        ad_group_name,
        status,
        targeting,
        source,
        false as is_inferred
    from ad_groups
    union all
    select
        reported.store_id,
        reported.platform,
        reported.account_id,
        reported.campaign_id,
        reported.ad_group_id,
        reported.ad_group_id as ad_group_name,
        null as status,
        null as targeting,
        reported.source,
        true as is_inferred
    from reported
    left join ad_groups
        on reported.source = ad_groups.source
        and reported.store_id = ad_groups.store_id
        and reported.campaign_id = ad_groups.campaign_id
        and reported.ad_group_id = ad_groups.ad_group_id
    where ad_groups.ad_group_id is null
)

select * from final
