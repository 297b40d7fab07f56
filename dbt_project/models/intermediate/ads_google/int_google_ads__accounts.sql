-- Accounts that advertise; managers only hold others.
with

accounts as (
    select * from {{ ref('stg_google_ads__accounts') }}
    where not is_manager
),

fetches as (
    select
        store_id,
        account_id,
        max(fetched_on) as last_fetched_on
    from {{ ref('stg_google_ads__fetches') }}
    group by store_id, account_id
),

final as (
    select
        accounts.store_id,
        'google' as platform,
        accounts.account_id,
        accounts.account_name,
        accounts.currency,
        accounts.time_zone,
        case accounts.status
            when 'ENABLED' then 'active'
            when 'SUSPENDED' then 'paused'
            else 'ended'
        end as status,
        fetches.last_fetched_on
    from accounts
    left join fetches
        on accounts.store_id = fetches.store_id
        and accounts.account_id = fetches.account_id
)

select * from final
