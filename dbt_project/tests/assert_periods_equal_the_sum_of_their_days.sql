-- A row is a period whose additive figures are not the sums of its days.
with

metrics as (
    select * from {{ ref('sales__metrics') }}
),

days as (
    select * from metrics
    where period_type = 'day'
),

periods as (
    select * from {{ ref('core__periods') }}
),

summed as (
    select
        periods.period_type,
        periods.period_start,
        days.store_id,
        sum(days.total_revenue) as total_revenue,
        sum(days.orders_count) as orders_count,
        sum(days.total_units_sold) as total_units_sold,
        sum(days.shipping_amount) as shipping_amount,
        sum(days.tax_amount) as tax_amount,
        sum(days.new_customers) as new_customers
    from periods
    inner join days
        on days.period_start between periods.period_start and periods.elapsed_end
    where periods.period_type <> 'day'
    group by periods.period_type, periods.period_start, days.store_id
),

final as (
    select
        summed.store_id,
        summed.period_type,
        summed.period_start,
        summed.total_revenue as revenue_of_days,
        metrics.total_revenue as revenue_of_period
    from summed
    left join metrics
        on summed.store_id = metrics.store_id
        and summed.period_type = metrics.period_type
        and summed.period_start = metrics.period_start
    where
        metrics.store_id is null
        or summed.total_revenue <> metrics.total_revenue
        or summed.orders_count <> metrics.orders_count
        or summed.total_units_sold <> metrics.total_units_sold
        or summed.shipping_amount <> metrics.shipping_amount
        or summed.tax_amount <> metrics.tax_amount
        or summed.new_customers <> metrics.new_customers
)

select * from final
