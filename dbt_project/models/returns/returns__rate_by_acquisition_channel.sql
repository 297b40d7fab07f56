-- How much customers send back by where they came from: the channel and the traffic source of their
-- first valid order. Over all time, returns beside the sales of the same customers.
with

orders as (
    select
        *,
        row_number() over (
            partition by store_id, customer_id
            order by order_day, order_hour, {{ by_text('order_id') }}
        ) as order_number
    from {{ ref('int_sales__orders') }}
),

acquired as (
    select
        store_id,
        customer_id,
        channel,
        traffic_source
    from orders
    where customer_id is not null and order_number = 1
),

lines as (
    select * from {{ ref('int_return_facts__lines') }}
),

activity as (
    select
        store_id,
        customer_id,
        1 as orders_count,
        units as units_sold,
        revenue,
        0 as returns_count,
        0 as returned_units,
        0 as return_value
    from orders
    union all
    select
        store_id,
        customer_id,
        0 as orders_count,
        0 as units_sold,
        0 as revenue,
        case when line_number = 1 then 1 else 0 end as returns_count,
        units as returned_units,
        refund_amount as return_value
    from lines
),

customers as (
    select
        store_id,
        customer_id,
        case when customer_id is null then 0 else 1 end as is_customer,
        case when customer_id is not null and sum(returns_count) > 0 then 1 else 0 end
            as is_returner,
        sum(orders_count) as orders_count,
        sum(units_sold) as units_sold,
        sum(revenue) as revenue,
        sum(returns_count) as returns_count,
        sum(returned_units) as returned_units,
        sum(return_value) as return_value
    from activity
    group by store_id, customer_id
),

-- Whose orders are all cancelled was never acquired.
placed as (
    select
        customers.*,
        case
            when customers.customer_id is null then 'guest'
            else coalesce(acquired.channel, 'unknown')
        end as channel,
        case
            when customers.customer_id is null then 'guest'
            else coalesce(acquired.traffic_source, 'unknown')
        end as traffic_source
    from customers
    left join acquired
        on customers.store_id = acquired.store_id
        and customers.customer_id = acquired.customer_id
),

by_both as (
    select
        'channel' as acquired_by,
        channel as acquisition_channel,
        *
    from placed
    union all
    select
        'traffic_source' as acquired_by,
        traffic_source as acquisition_channel,
        *
    from placed
),

store_channels as (
    select
        store_id,
        acquired_by,
        acquisition_channel,
        sum(is_customer) as customers_count,
        sum(is_returner) as returning_customers,
        sum(orders_count) as orders_count,
        sum(units_sold) as units_sold,
        sum(revenue) as revenue,
        sum(returns_count) as returns_count,
        sum(returned_units) as returned_units,
        sum(return_value) as return_value
    from by_both
    group by store_id, acquired_by, acquisition_channel
),

channels as (
    {{ plus_all_stores('store_channels', ['acquired_by', 'acquisition_channel'], [
        'customers_count', 'returning_customers', 'orders_count', 'units_sold', 'revenue',
        'returns_count', 'returned_units', 'return_value',
    ]) }}
),

final as (
    select
        store_id,
        acquired_by,
        acquisition_channel,
        {{ count_of('customers_count') }} as customers_count,
        {{ count_of('returning_customers') }} as customers_who_returned,
        {{ percent('returning_customers', 'customers_count') }} as customers_who_returned_pct,
        {{ count_of('orders_count') }} as orders_count,
        {{ count_of('units_sold') }} as units_sold,
        {{ decimal('revenue') }} as revenue,
        {{ count_of('returns_count') }} as returns_count,
        {{ count_of('returned_units') }} as returned_units,
        {{ decimal('return_value') }} as return_value,
        {{ percent('returned_units', 'units_sold') }} as return_rate,
        {{ percent('return_value', 'revenue') }} as return_value_pct
    from channels
)

select * from final
