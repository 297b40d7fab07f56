-- Amazon's campaigns of all products. Only Sponsored Brands has a goal.
with

campaigns as (
    select * from {{ ref('stg_amazon_ads__campaigns') }}
),

accounts as (
    select * from {{ ref('stg_amazon_ads__accounts') }}
),

final as (
    select
        campaigns.store_id,
        'amazon' as platform,
        campaigns.account_id,
        campaigns.campaign_id,
        campaigns.campaign_name,
        campaigns.ad_product as campaign_type,
        campaigns.goal as objective,
        {{ amazon_status('campaigns.state', 'campaigns.end_date') }} as status,
        {{ decimal(
            "case when upper(campaigns.budget_type) like 'DAILY%' then campaigns.budget end"
        ) }} as budget,
        campaigns.start_date,
        campaigns.end_date,
        accounts.currency,
        campaigns.bidding_strategy as bidding
    from campaigns
    left join accounts
        on campaigns.store_id = accounts.store_id
        and campaigns.account_id = accounts.account_id
)

select * from final
