-- A row is a store whose cohorts do not add up to the orders, revenue and number of its customers.
with

cohorts as (
    select
        store_id,
        sum(orders_count) as orders_count,
        sum(revenue) as revenue,
        sum(case when months_since = 0 then cohort_size else 0 end) as customers_count
    from {{ ref('sales__cohorts') }}
    where store_id <> 'all'
    group by store_id
),

customers as (
    select
        store_id,
        sum(order_count) as orders_count,
        sum(historical_value) as revenue,
        count(*) as customers_count
    from {{ ref('sales__customers') }}
    group by store_id
),

final as (
    select
        customers.store_id,
        customers.orders_count,
        cohorts.orders_count as orders_of_cohorts
    from customers
    left join cohorts on customers.store_id = cohorts.store_id
    where
        customers.orders_count <> coalesce(cohorts.orders_count, 0)
        or customers.revenue <> coalesce(cohorts.revenue, 0)
        or customers.customers_count <> coalesce(cohorts.customers_count, 0)
)

select * from final
