-- Every campaign that a source describes, and those that only its reports name.
with

campaigns as (
    select * from {{ ref('int_ads__campaigns') }}
),

reports as (
    select * from {{ ref('int_ads__reports') }}
),

accounts as (
    select * from {{ ref('int_ads__accounts') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

objectives as (
    select * from {{ ref('seeds__ad_objectives') }}
),

reported as (
    select
        source,
        store_id,
        campaign_id,
        min(platform) as platform,
        min(account_id) as account_id,
        min(currency) as currency
    from reports
    group by source, store_id, campaign_id
),

all_campaigns as (
    select
        source,
        store_id,
        platform,
        account_id,
        campaign_id,
        campaign_name,
        campaign_type,
        objective,
        status,
        budget,
        start_date,
        end_date,
        currency,
        bidding,
        false as is_inferred
    from campaigns
    union all
    select
        reported.source,
        reported.store_id,
        reported.platform,
        reported.account_id,
        reported.campaign_id,
        reported.campaign_id as campaign_name,
        null as campaign_type,
        null as objective,
        null as status,
        null as budget,
        null as start_date,
        null as end_date,
        reported.currency,
        null as bidding,
        true as is_inferred
    from reported
    left join campaigns
        on reported.source = campaigns.source
        and reported.store_id = campaigns.store_id
        and reported.campaign_id = campaigns.campaign_id
    where campaigns.campaign_id is null
),

owned as (
    select
        all_campaigns.*,
        lower(coalesce(nullif(all_campaigns.objective, ''), all_campaigns.campaign_type))
            as objective_word,
        coalesce(all_campaigns.currency, accounts.currency, stores.currency) as own_currency,
        stores.reporting_currency
    from all_campaigns
    inner join stores on all_campaigns.store_id = stores.store_id
    left join accounts
        on all_campaigns.store_id = accounts.store_id
        and all_campaigns.source = accounts.source
        and all_campaigns.account_id = accounts.account_id
),

final as (
    select
        owned.store_id,
        owned.platform,
        owned.campaign_id,
        owned.account_id,
        owned.campaign_name,
        owned.campaign_type,
        owned.status,
        {{ decimal(
            'owned.budget * ' ~ rate_to_reporting('owned.own_currency', 'owned.reporting_currency')
        ) }} as budget,
        {{ decimal('owned.budget') }} as budget_original,
        owned.own_currency as currency,
        owned.start_date,
        owned.end_date,
        owned.objective,
        coalesce(objectives.common_objective, 'unknown') as common_objective,
        owned.bidding,
        owned.source,
        owned.is_inferred
    from owned
    left join objectives on owned.objective_word = objectives.objective
    {{ rate_join('owned.own_currency', 'owned.reporting_currency', as_of_date()) }}
)

select * from final
