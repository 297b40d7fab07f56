-- What each store, category, channel and ad platform made on the days on which it made anything:
-- revenue and orders as sales metrics count them, ads as their platforms report them.
with

orders as (
    select
        *,
        coalesce(channel, 'unknown') as known_channel
    from {{ ref('core__orders') }}
    where is_valid and order_day <= {{ as_of_date() }}
),

order_items as (
    select * from {{ ref('core__order_items') }}
    where is_valid and not is_gift_card and order_day <= {{ as_of_date() }}
),

products as (
    select * from {{ ref('core__products') }}
),

ad_days as (
    select * from {{ ref('int_forecast__ad_days') }}
),

order_days as (
    select
        store_id,
        known_channel,
        order_day,
        count(*) as orders
    from orders
    group by store_id, known_channel, order_day
),

sold as (
    select
        order_items.store_id,
        orders.known_channel,
        coalesce(products.category, 'unknown') as category,
        order_items.order_day,
        sum(order_items.total_amount) as revenue
    from order_items
    inner join orders
        on order_items.store_id = orders.store_id
        and order_items.order_id = orders.order_id
    left join products
        on order_items.store_id = products.store_id
        and order_items.sku = products.sku
    group by
        order_items.store_id,
        orders.known_channel,
        coalesce(products.category, 'unknown'),
        order_items.order_day
),

sales_rows as (
    select
        store_id, 'store' as level, 'orders' as measure, 'total' as entity, order_day as day,
        orders as value
    from order_days
    union all
    -- A day of orders that bring no revenue, of gift cards only, is known as well.
    select
        store_id, 'store' as level, 'revenue' as measure, 'total' as entity, order_day as day,
        0 as value
    from order_days
    union all
    select
        store_id, 'channel' as level, 'revenue' as measure, known_channel as entity,
        order_day as day, 0 as value
    from order_days
    union all
    select
        store_id, 'store' as level, 'revenue' as measure, 'total' as entity, order_day as day,
        revenue as value
    from sold
    union all
    select
        store_id, 'channel' as level, 'revenue' as measure, known_channel as entity,
        order_day as day, revenue as value
    from sold
    union all
    select
        store_id, 'category' as level, 'revenue' as measure, category as entity, order_day as day,
        revenue as value
    from sold
),

sales as (
    select
        store_id,
        level,
        measure,
        entity,
        day,
        sum(value) as value,
        cast(null as {{ type_ratio() }}) as expected
    from sales_rows
    group by store_id, level, measure, entity, day
),

all_days as (
    select * from sales
    union all
    select
        store_id,
        'platform' as level,
        measure,
        platform as entity,
        day,
        value,
        expected
    from ad_days
),

final as (
    select
        store_id,
        level,
        measure,
        entity,
        cast(value as {{ type_ratio() }}) as value,
        cast(expected as {{ type_ratio() }}) as expected,
        day
    from all_days
)

select * from final
