with

accounts as (
    select * from {{ ref('stg_custom_api__accounts') }}
),

fetches as (
    select
        store_id,
        account_id,
        max(fetched_on) as last_fetched_on
    from {{ ref('stg_custom_api__fetches') }}
    group by store_id, account_id
),

final as (
    select
        accounts.store_id,
        accounts.platform,
        accounts.account_id,
        accounts.account_id as account_name,
        accounts.currency,
        accounts.time_zone,
        'active' as status,
        fetches.last_fetched_on
    from accounts
    left join fetches
        on accounts.store_id = fetches.store_id
        and accounts.account_id = fetches.account_id
)

select * from final
