-- The share of impressions that campaigns and keywords got of those that were to be had, as of the
-- latest fetch. Google tells less than a tenth as 0.0999 and more than nine as 0.9001.
with

fetches as (
    select
        store_id,
        account_id,
        date,
        max(fetched_on) as fetched_on
    from {{ ref('stg_google_ads__fetches') }}
    where report = 'campaign_daily'
    group by store_id, account_id, date
),

campaigns as (
    select
        campaign_daily.*,
        cast(null as {{ dbt.type_string() }}) as ad_group_id,
        cast(null as {{ dbt.type_string() }}) as keyword,
        cast(null as {{ dbt.type_string() }}) as match_type
    from {{ ref('stg_google_ads__campaign_daily') }} as campaign_daily
    inner join fetches
        on campaign_daily.store_id = fetches.store_id
        and campaign_daily.account_id = fetches.account_id
        and campaign_daily.date = fetches.date
        and campaign_daily.fetched_on = fetches.fetched_on
),

told as (
    {{ google_shares('campaigns', 'search_budget_lost_impression_share') }}
    union all
    {{ google_shares(ref('stg_google_ads__keyword_daily'), 'null') }}
),

final as (
    select * from told
    where impression_share is not null
)

select * from final
