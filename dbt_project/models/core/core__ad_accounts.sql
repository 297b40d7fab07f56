with

accounts as (
    select * from {{ ref('int_ads__accounts') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select
        accounts.store_id,
        accounts.platform,
        accounts.account_id,
        accounts.account_name,
        coalesce(accounts.currency, stores.currency) as currency,
        coalesce(accounts.time_zone, stores.time_zone) as time_zone,
        accounts.status,
        accounts.last_fetched_on,
        accounts.source
    from accounts
    inner join stores on accounts.store_id = stores.store_id
)

select * from final
