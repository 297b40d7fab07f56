-- On what terms a SKU is replenished: supplier, lead time, own safety stock, and since when there
-- has been demand to measure. The supplier is the product's, else that of its latest purchase
-- order. Lead time is the product's, else the mean of what its supplier delivered by the day of the
-- run.
with

products as (
    select * from {{ ref('core__products') }}
),

purchase_orders as (
    select * from {{ ref('core__purchase_orders') }}
),

transactions as (
    select * from {{ ref('core__inventory_transactions') }}
    where transaction_day <= {{ as_of_date() }} and quantity > 0
),

ranked_orders as (
    select
        store_id,
        sku,
        supplier_id,
        row_number() over (
            partition by store_id, sku order by order_date desc, {{ by_text('po_id') }} desc
        ) as order_rank
    from purchase_orders
    where supplier_id is not null and order_date <= {{ as_of_date() }}
),

supplier_lead_times as (
    select
        store_id,
        supplier_id,
        {{ safe_divide('sum(lead_time_days)', 'count(*)') }} as lead_time_days
    from purchase_orders
    where is_received
    group by store_id, supplier_id
),

receipts as (
    select
        store_id,
        sku,
        coalesce(
            min(case when transaction_type = 'purchase' then transaction_day end),
            min(transaction_day)
        ) as first_received_date
    from transactions
    group by store_id, sku
),

first_seen as (
    select * from {{ ref('int_stock__first_seen') }}
),

supplied as (
    select
        products.*,
        coalesce(products.supplier_id, ranked_orders.supplier_id) as resolved_supplier_id,
        coalesce(receipts.first_received_date, first_seen.first_seen_date) as first_received_date
    from products
    left join ranked_orders
        on products.store_id = ranked_orders.store_id
        and products.sku = ranked_orders.sku
        and ranked_orders.order_rank = 1
    left join receipts
        on products.store_id = receipts.store_id
        and products.sku = receipts.sku
    left join first_seen
        on products.store_id = first_seen.store_id
        and products.sku = first_seen.sku
),

final as (
    select
        supplied.store_id,
        supplied.sku,
        supplied.resolved_supplier_id as supplier_id,
        coalesce(
            cast(supplied.lead_time_days as {{ type_ratio() }}), supplier_lead_times.lead_time_days
        ) as lead_time_days,
        supplied.safety_stock_level,
        supplied.first_received_date,
        case
            when supplied.launch_date > supplied.first_received_date then supplied.launch_date
            else coalesce(supplied.first_received_date, supplied.launch_date)
        end as demand_since,
        supplied.status in ('active', 'seasonal') as is_sellable
    from supplied
    left join supplier_lead_times
        on supplied.store_id = supplier_lead_times.store_id
        and supplied.resolved_supplier_id = supplier_lead_times.supplier_id
)

select * from final
