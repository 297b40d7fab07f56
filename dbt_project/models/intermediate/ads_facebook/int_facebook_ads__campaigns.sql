-- Meta's campaigns. A campaign without a budget of its own has that of its ad sets.
with

campaigns as (
    select * from {{ ref('stg_facebook_ads__campaigns') }}
),

ad_groups as (
    select * from {{ ref('stg_facebook_ads__ad_groups') }}
),

accounts as (
    select * from {{ ref('stg_facebook_ads__accounts') }}
),

-- An ad set that was deleted by itself no longer spends; one that went with its campaign had its
-- budget until then.
ad_group_budgets as (
    select
        campaigns.store_id,
        campaigns.campaign_id,
        sum(ad_groups.daily_budget) as daily_budget
    from campaigns
    inner join ad_groups
        on campaigns.store_id = ad_groups.store_id
        and campaigns.campaign_id = ad_groups.campaign_id
    where ad_groups.status <> 'DELETED'
    group by campaigns.store_id, campaigns.campaign_id
),

dated as (
    select
        campaigns.*,
        accounts.currency,
        coalesce(campaigns.daily_budget, ad_group_budgets.daily_budget) as budget_units,
        {{ shop_date('campaigns.started_at', 'accounts.time_zone') }} as start_date,
        {{ shop_date('campaigns.stops_at', 'accounts.time_zone') }} as end_date
    from campaigns
    inner join accounts
        on campaigns.store_id = accounts.store_id
        and campaigns.account_id = accounts.account_id
    left join ad_group_budgets
        on campaigns.store_id = ad_group_budgets.store_id
        and campaigns.campaign_id = ad_group_budgets.campaign_id
),

final as (
    select
        store_id,
        'facebook' as platform,
        account_id,
        campaign_id,
        campaign_name,
        cast(null as {{ dbt.type_string() }}) as campaign_type,
        objective,
        {{ facebook_status('effective_status', 'end_date') }} as status,
        {{ facebook_money('budget_units', 'currency') }} as budget,
        start_date,
        end_date,
        currency,
        bid_strategy as bidding
    from dated
)

select * from final
