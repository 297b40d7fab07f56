-- Customers by the month of their first order, followed month by month to the run's month.
with

orders as (
    select * from {{ ref('int_sales__orders') }}
    where customer_id is not null
),

months as (
    select distinct month_start
    from {{ ref('core__calendar') }}
    where month_start <= {{ as_of_date() }}
),

customer_months as (
    select
        store_id,
        customer_id,
        {{ date_trunc_to('month', 'first_order_day') }} as cohort_month,
        {{ date_trunc_to('month', 'order_day') }} as activity_month,
        count(*) as orders_count,
        sum(revenue) as revenue
    from orders
    group by
        store_id,
        customer_id,
        {{ date_trunc_to('month', 'first_order_day') }},
        {{ date_trunc_to('month', 'order_day') }}
),

store_months as (
    select
        store_id,
        cohort_month,
        activity_month,
        count(*) as active_customers,
        sum(orders_count) as orders_count,
        sum(revenue) as revenue
    from customer_months
    group by store_id, cohort_month, activity_month
),

active_months as (
    select * from store_months
    union all
    select
        'all' as store_id,
        cohort_month,
        activity_month,
        sum(active_customers) as active_customers,
        sum(orders_count) as orders_count,
        sum(revenue) as revenue
    from store_months
    group by cohort_month, activity_month
),

-- Every customer of a cohort is active in its first month.
cohorts as (
    select
        store_id,
        cohort_month,
        active_customers as cohort_size
    from active_months
    where cohort_month = activity_month
),

elapsed_months as (
    select
        cohorts.store_id,
        cohorts.cohort_month,
        cohorts.cohort_size,
        months.month_start as activity_month,
        coalesce(active_months.active_customers, 0) as active_customers,
        coalesce(active_months.orders_count, 0) as orders_count,
        coalesce(active_months.revenue, 0) as revenue
    from cohorts
    inner join months on cohorts.cohort_month <= months.month_start
    left join active_months
        on cohorts.store_id = active_months.store_id
        and cohorts.cohort_month = active_months.cohort_month
        and months.month_start = active_months.activity_month
),

running as (
    select
        *,
        sum(revenue) over (
            partition by store_id, cohort_month order by activity_month
            rows between unbounded preceding and current row
        ) as cumulative_revenue
    from elapsed_months
),

final as (
    select
        store_id,
        cohort_month,
        {{ dbt.datediff('cohort_month', 'activity_month', 'month') }} as months_since,
        activity_month,
        {{ count_of('cohort_size') }} as cohort_size,
        {{ count_of('active_customers') }} as active_customers,
        {{ percent('active_customers', 'cohort_size') }} as retention_pct,
        {{ count_of('orders_count') }} as orders_count,
        {{ decimal('revenue') }} as revenue,
        {{ decimal('cumulative_revenue') }} as cumulative_revenue,
        {{ safe_divide('revenue', 'cohort_size') }} as revenue_per_customer,
        {{ safe_divide('cumulative_revenue', 'cohort_size') }} as cumulative_revenue_per_customer,
        {{ add_days(-1, add_months(1, 'activity_month')) }} <= {{ as_of_date() }} as is_complete
    from running
)

select * from final
