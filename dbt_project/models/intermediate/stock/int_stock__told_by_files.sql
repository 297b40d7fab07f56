-- Which movements a shop brings itself: where it brings no sale (or return) transactions, they are
-- taken from its orders (and returns).
with

transactions as (
    select * from {{ ref('stg_files__inventory_transactions') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

shops as (
    select distinct store_id from {{ ref('stg_shopify__shop') }}
),

told as (
    select
        store_id,
        max(case when transaction_type = 'sale' then 1 else 0 end) as sales,
        max(case when transaction_type = 'return' then 1 else 0 end) as returns
    from transactions
    group by store_id
),

final as (
    select
        stores.store_id,
        stores.time_zone,
        stores.currency,
        stores.reporting_currency,
        shops.store_id is not null as is_shopify,
        coalesce(told.sales, 0) = 1 as has_sales,
        coalesce(told.returns, 0) = 1 as has_returns
    from stores
    left join told on stores.store_id = told.store_id
    left join shops on stores.store_id = shops.store_id
)

select * from final
