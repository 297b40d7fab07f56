-- A row is a customer with valid orders and no RFM scores, or whose lifetime figures are not those
-- of core.customers.
with

customers as (
    select * from {{ ref('core__customers') }}
    where total_orders > 0
),

scored as (
    select * from {{ ref('sales__customers') }}
),

final as (
    select
        customers.store_id,
        customers.customer_id,
        customers.total_orders,
        scored.order_count
    from customers
    left join scored
        on customers.store_id = scored.store_id
        and customers.customer_id = scored.customer_id
    where
        scored.customer_id is null
        or customers.total_orders <> scored.order_count
        or customers.total_lifetime_value <> scored.historical_value
)

select * from final
