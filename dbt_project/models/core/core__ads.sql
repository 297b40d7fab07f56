-- Every ad that a source describes, and those that only its reports name.
with

ads as (
    select * from {{ ref('int_ads__ads') }}
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
        min(ad_group_id) as ad_group_id,
        ad_id
    from reports
    where ad_id is not null
    group by source, store_id, campaign_id, ad_id
),

final as (
    select
        store_id,
        platform,
        account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        ad_name,
        format,
        headline,
        body,
        call_to_action,
        landing_page,
        status,
        created_on,
        source,
        false as is_inferred
    from ads
    union all
    select
        reported.store_id,
        reported.platform,
        reported.account_id,
        reported.campaign_id,
        reported.ad_group_id,
        reported.ad_id,
        reported.ad_id as ad_name,
        null as format,
        null as headline,
        null as body,
        null as call_to_action,
        null as landing_page,
        null as status,
        null as created_on,
        reported.source,
        true as is_inferred
    from reported
    left join ads
        on reported.source = ads.source
        and reported.store_id = ads.store_id
        and reported.campaign_id = ads.campaign_id
        and reported.ad_id = ads.ad_id
    where ads.ad_id is null
)

select * from final
