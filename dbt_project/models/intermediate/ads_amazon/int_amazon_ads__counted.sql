-- Which actions count as which figure, for each account by its kind. Sponsored Products names the
-- window in the action; its purchases are those within 7 days for sellers, 14 for all others.
with

accounts as (
    select * from {{ ref('stg_amazon_ads__accounts') }}
),

actions as (
    select * from {{ ref('seeds__ad_actions') }}
    where platform_source = 'amazon_ads'
),

kinds as (
    select
        store_id,
        account_id,
        case when account_kind = 'seller' then 'seller' else 'vendor' end as account_kind
    from accounts
),

final as (
    select
        kinds.store_id,
        kinds.account_id,
        actions.figure,
        actions.action_type,
        actions.attribution_window,
        actions.priority,
        actions.action_type = {{ dbt.concat(["'purchases'", 'actions.attribution_window']) }}
            as is_sponsored_products
    from kinds
    inner join actions on actions.account_kind in ('any', kinds.account_kind)
)

select * from final
