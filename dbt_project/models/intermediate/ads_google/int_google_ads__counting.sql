-- Which figures an account counts at all: Google leaves out what is zero, so a row without
-- purchases has none where the account counts purchases, and tells nothing of them elsewhere.
with

actions as (
    select * from {{ ref('stg_google_ads__conversion_actions') }}
    where status = 'ENABLED'
),

definitions as (
    select * from {{ ref('seeds__ad_actions') }}
    where platform_source = 'google_ads'
),

final as (
    select
        actions.store_id,
        actions.account_id,
        {{ dbt.bool_or("definitions.figure = 'purchase'") }} as has_purchases,
        {{ dbt.bool_or("definitions.figure = 'add_to_cart'") }} as has_add_to_carts
    from actions
    inner join definitions
        on definitions.action_type in (
            {{ dbt.concat(["'all:'", 'actions.category']) }},
            case
                when actions.is_primary then {{ dbt.concat(["'primary:'", 'actions.category']) }}
            end
        )
    group by actions.store_id, actions.account_id
)

select * from final
