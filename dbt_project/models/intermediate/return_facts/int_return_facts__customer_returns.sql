-- What each customer with an account bought and sent back, up to the run's day. An order that came
-- back in several returns counts once among returned_orders.
with

orders as (
    select * from {{ ref('int_sales__orders') }}
    where customer_id is not null
),

lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where customer_id is not null
),

segments as (
    select * from {{ ref('int_return_facts__customers') }}
),

rejected as (
    select
        store_id,
        customer_id,
        count(*) as rejected_returns
    from {{ ref('core__returns') }}
    where
        customer_id is not null and not is_counted and return_date <= {{ as_of_date() }}
    group by store_id, customer_id
),

bought as (
    select
        store_id,
        customer_id,
        count(*) as orders_count,
        sum(units) as units_bought,
        sum(revenue) as revenue
    from orders
    group by store_id, customer_id
),

returned as (
    select
        store_id,
        customer_id,
        sum(case when line_number = 1 then 1 else 0 end) as returns_count,
        sum(
            case
                when
                    line_number = 1
                    and {{ dbt.datediff('return_date', as_of_date(), 'day') }}
                    < {{ var('return_recent_days') }}
                    then 1
                else 0
            end
        ) as recent_returns,
        sum(
            case
                when
                    line_number = 1 and days_since_purchase > {{ var('return_window_days') }}
                    then 1
                else 0
            end
        ) as late_returns,
        count(distinct order_id) as returned_orders,
        sum(units) as units_returned,
        sum(case when return_reason_category = 'changed_mind' then units else 0 end)
            as changed_mind_units,
        sum(units - resaleable_units) as not_resaleable_units,
        {{ decimal('sum(refund_amount)') }} as return_value,
        {{ decimal('sum(processing_cost + shipping_cost)') }} as handling_cost,
        sum(days_since_purchase * units) as unit_days,
        sum(case when days_since_purchase is not null then units else 0 end) as dated_units,
        min(return_date) as first_return_date,
        max(return_date) as last_return_date
    from lines
    group by store_id, customer_id
),

final as (
    select
        returned.*,
        segments.customer_segment,
        coalesce(bought.orders_count, 0) as orders_count,
        coalesce(bought.units_bought, 0) as units_bought,
        {{ decimal('coalesce(bought.revenue, 0)') }} as revenue,
        coalesce(rejected.rejected_returns, 0) as rejected_returns
    from returned
    left join bought
        on returned.store_id = bought.store_id
        and returned.customer_id = bought.customer_id
    left join rejected
        on returned.store_id = rejected.store_id
        and returned.customer_id = rejected.customer_id
    left join segments
        on returned.store_id = segments.store_id
        and returned.customer_id = segments.customer_id
)

select * from final
