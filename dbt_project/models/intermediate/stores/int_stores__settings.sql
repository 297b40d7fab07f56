-- Every store that any source names, with the zone and currencies its figures are told in.
with

shopify as (
    select * from {{ ref('stg_shopify__shop') }}
),

files as (
    select * from {{ ref('stg_files__stores') }}
),

file_orders as (
    select distinct store_id from {{ ref('stg_files__orders') }}
),

file_products as (
    select distinct store_id from {{ ref('stg_files__products') }}
),

file_returns as (
    select distinct store_id from {{ ref('stg_files__returns') }}
),

file_targets as (
    select distinct store_id from {{ ref('stg_files__targets') }}
),

file_inventory as (
    select distinct store_id from {{ ref('stg_files__inventory') }}
),

file_transactions as (
    select distinct store_id from {{ ref('stg_files__inventory_transactions') }}
),

file_purchase_orders as (
    select distinct store_id from {{ ref('stg_files__purchase_orders') }}
),

ad_reports as (
    select distinct store_id from {{ ref('int_ads__reports') }}
),

ad_campaigns as (
    select distinct store_id from {{ ref('int_ads__campaigns') }}
),

file_expenses as (
    select distinct store_id from {{ ref('stg_files__marketing_expenses') }}
),

file_sessions as (
    select distinct store_id from {{ ref('stg_files__web_sessions') }}
),

file_touchpoints as (
    select distinct store_id from {{ ref('stg_files__touchpoints') }}
),

named as (
    select
        store_id,
        store_name,
        currency,
        time_zone,
        country
    from shopify
    union all
    select
        files.store_id,
        files.store_name,
        coalesce(files.currency, '{{ var("store_currency") }}') as currency,
        coalesce(files.time_zone, '{{ var("store_time_zone") }}') as time_zone,
        files.country
    from files
    left join shopify on files.store_id = shopify.store_id
    where shopify.store_id is null
),

mentioned as (
    select store_id from file_orders
    union distinct
    select store_id from file_products
    union distinct
    select store_id from file_returns
    union distinct
    select store_id from file_targets
    union distinct
    select store_id from ad_reports
    union distinct
    select store_id from ad_campaigns
    union distinct
    select store_id from file_expenses
    union distinct
    select store_id from file_sessions
    union distinct
    select store_id from file_touchpoints
    union distinct
    select store_id from file_inventory
    union distinct
    select store_id from file_transactions
    union distinct
    select store_id from file_purchase_orders
),

unnamed as (
    select
        mentioned.store_id,
        mentioned.store_id as store_name,
        '{{ var("store_currency") }}' as currency,
        '{{ var("store_time_zone") }}' as time_zone,
        cast(null as {{ dbt.type_string() }}) as country
    from mentioned
    left join named on mentioned.store_id = named.store_id
    where named.store_id is null
),

all_stores as (
    select * from named
    union all
    select * from unnamed
),

first_store as (
    select min(store_id) as store_id from all_stores
),

final as (
    select
        all_stores.store_id,
        all_stores.store_name,
        all_stores.currency,
        all_stores.time_zone,
        all_stores.country,
        coalesce(
            nullif('{{ var("reporting_currency") }}', ''), first_currency.currency
        ) as reporting_currency
    from all_stores
    cross join first_store
    left join all_stores as first_currency on first_store.store_id = first_currency.store_id
)

select * from final
