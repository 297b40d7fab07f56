-- The nearest known cost of a SKU, in days, on the days when none was in force; of two as near the
-- earlier one. Lines that bring their own cost make it known on their day.
with

items as (
    select * from {{ ref('stg_files__order_items') }}
),

orders as (
    select * from {{ ref('core__orders') }}
    where order_day <= {{ as_of_date() }}
),

products as (
    select * from {{ ref('core__products') }}
    where unit_cost is null
),

cost_history as (
    select * from {{ ref('core__cost_history') }}
    where valid_from <= {{ as_of_date() }}
),

line_days as (
    select
        items.store_id,
        items.sku,
        orders.order_day as day,
        avg(items.unit_cost * orders.exchange_rate) as unit_cost,
        max(orders.load_id) as load_id
    from items
    inner join orders
        on items.store_id = orders.store_id
        and items.order_id = orders.order_id
    inner join products
        on items.store_id = products.store_id
        and items.sku = products.sku
    group by items.store_id, items.sku, orders.order_day
),

observations as (
    select
        store_id,
        sku,
        day,
        unit_cost,
        load_id
    from line_days
    union all
    select
        store_id,
        sku,
        valid_from as day,
        unit_cost,
        load_id
    from cost_history
),

days as (
    select
        store_id,
        sku,
        day,
        {{ decimal('max(unit_cost)') }} as unit_cost,
        max(load_id) as load_id
    from observations
    group by store_id, sku, day
),

-- Counting the known costs up to a day numbers the stretch of days that each one begins.
stretches as (
    select
        *,
        case when unit_cost is not null then day end as known_day,
        count(unit_cost) over (partition by store_id, sku order by day) as stretch_before,
        count(unit_cost) over (partition by store_id, sku order by day desc) as stretch_after
    from days
),

neighbours as (
    select
        store_id,
        sku,
        day,
        max(known_day) over earlier as day_before,
        max(unit_cost) over earlier as cost_before,
        max(known_day) over later as day_after,
        max(unit_cost) over later as cost_after,
        max(load_id) over (partition by store_id, sku) as load_id
    from stretches
    window
        earlier as (partition by store_id, sku, stretch_before),
        later as (partition by store_id, sku, stretch_after)
),

final as (
    select
        store_id,
        sku,
        day,
        case
            when day_before is null then cost_after
            when day_after is null then cost_before
            when
                {{ dbt.datediff('day', 'day_after', 'day') }}
                < {{ dbt.datediff('day_before', 'day', 'day') }} then cost_after
            else cost_before
        end as unit_cost,
        load_id
    from neighbours
)

select * from final
