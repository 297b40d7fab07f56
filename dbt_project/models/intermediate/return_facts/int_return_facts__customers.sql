-- The segment of each customer as in sales: the given one, else that of RFM.
with

customers as (
    select * from {{ ref('core__customers') }}
),

scored as (
    select * from {{ ref('sales__customers') }}
),

final as (
    select
        customers.store_id,
        customers.customer_id,
        coalesce(customers.customer_segment, scored.rfm_segment) as customer_segment
    from customers
    left join scored
        on customers.store_id = scored.store_id
        and customers.customer_id = scored.customer_id
)

select * from final
