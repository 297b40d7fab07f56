with

accounts as (
    select * from {{ ref('stg_facebook_ads__accounts') }}
),

fetches as (
    select
        store_id,
        account_id,
        max(fetched_on) as last_fetched_on
    from {{ ref('stg_facebook_ads__fetches') }}
    group by store_id, account_id
),

final as (
    select
        accounts.store_id,
        'facebook' as platform,
        accounts.account_id,
        accounts.account_name,
        accounts.currency,
        accounts.time_zone,
        case accounts.account_status
            when 1 then 'active'
            when 2 then 'disabled'
            when 101 then 'closed'
            else 'other'
        end as status,
        fetches.last_fetched_on
    from accounts
    left join fetches
        on accounts.store_id = fetches.store_id
        and accounts.account_id = fetches.account_id
)

select * from final
