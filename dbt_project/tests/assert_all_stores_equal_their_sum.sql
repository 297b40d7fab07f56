-- A row is a period in which the total of all stores is not the sum of the stores.
with

metrics as (
    select * from {{ ref('sales__metrics') }}
),

stores as (
    select
        period_type,
        period_start,
        sum(total_revenue) as total_revenue,
        sum(orders_count) as orders_count,
        sum(total_units_sold) as total_units_sold,
        sum(customers_count) as customers_count,
        sum(net_sales) as net_sales
    from metrics
    where store_id <> 'all'
    group by period_type, period_start
),

final as (
    select
        totals.period_type,
        totals.period_start,
        totals.total_revenue as revenue_of_all,
        stores.total_revenue as revenue_of_stores
    from metrics as totals
    inner join stores
        on totals.period_type = stores.period_type
        and totals.period_start = stores.period_start
    where
        totals.store_id = 'all'
        and (
            totals.total_revenue <> stores.total_revenue
            or totals.orders_count <> stores.orders_count
            or totals.total_units_sold <> stores.total_units_sold
            or totals.customers_count <> stores.customers_count
            or totals.net_sales <> stores.net_sales
        )
)

select * from final
