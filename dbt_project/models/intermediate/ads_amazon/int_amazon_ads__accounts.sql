-- Amazon's profiles: an advertiser's account in one marketplace.
with

accounts as (
    select * from {{ ref('stg_amazon_ads__accounts') }}
),

fetches as (
    select
        store_id,
        account_id,
        max(fetched_on) as last_fetched_on
    from {{ ref('stg_amazon_ads__fetches') }}
    group by store_id, account_id
),

final as (
    select
        accounts.store_id,
        'amazon' as platform,
        accounts.account_id,
        accounts.account_name,
        accounts.currency,
        accounts.time_zone,
        case when accounts.is_payment_method_valid then 'active' else 'disabled' end as status,
        fetches.last_fetched_on
    from accounts
    left join fetches
        on accounts.store_id = fetches.store_id
        and accounts.account_id = fetches.account_id
)

select * from final
