-- Every SKU that an order, a return or the stock names, with a name for it.
with

shopify as (
    select
        store_id,
        {{ shopify_sku('sku', 'variant_id', 'title') }} as sku,
        title as product_name
    from {{ ref('stg_shopify__order_lines') }}
),

items as (
    select * from {{ ref('stg_files__order_items') }}
),

return_items as (
    select * from {{ ref('stg_files__return_items') }}
),

inventory as (
    select distinct store_id, sku from {{ ref('stg_files__inventory') }}
),

inventory_transactions as (
    select distinct store_id, sku from {{ ref('stg_files__inventory_transactions') }}
),

purchase_orders as (
    select distinct store_id, sku from {{ ref('stg_files__purchase_orders') }}
),

stock_counts as (
    select distinct store_id, sku from {{ ref('stg_files__stock_counts') }}
),

transfers as (
    select distinct store_id, sku from {{ ref('stg_files__transfers') }}
),

named as (
    select store_id, sku, product_name from shopify
    union all
    select store_id, sku, product_name from items
    union all
    select store_id, sku, null as product_name from return_items
    union all
    select store_id, sku, null as product_name from inventory
    union all
    select store_id, sku, null as product_name from inventory_transactions
    union all
    select store_id, sku, null as product_name from purchase_orders
    union all
    select store_id, sku, null as product_name from stock_counts
    union all
    select store_id, sku, null as product_name from transfers
),

final as (
    select
        store_id,
        sku,
        coalesce(max(product_name), sku) as product_name
    from named
    group by store_id, sku
)

select * from final
