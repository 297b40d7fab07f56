with

campaigns as (
    select * from {{ ref('stg_custom_api__campaigns') }}
),

accounts as (
    select * from {{ ref('stg_custom_api__accounts') }}
),

final as (
    select
        campaigns.store_id,
        campaigns.platform,
        campaigns.account_id,
        campaigns.campaign_id,
        campaigns.campaign_name,
        campaigns.campaign_type,
        campaigns.objective,
        lower(campaigns.status) as status,
        campaigns.budget,
        campaigns.start_date,
        campaigns.end_date,
        coalesce(campaigns.currency, accounts.currency) as currency,
        cast(null as {{ dbt.type_string() }}) as bidding
    from campaigns
    left join accounts
        on campaigns.store_id = accounts.store_id
        and campaigns.account_id = accounts.account_id
)

select * from final
