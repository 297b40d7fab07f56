-- The nearest known cost of a SKU on the days when none was in force: the last one known before,
-- else the first one known after. Lines that bring their own cost make it known on their day.
with

items as (
    select * from {{ ref('stg_files__order_items') }}
),

orders as (
    select * from {{ ref('core__orders') }}
),

products as (
    select * from {{ ref('core__products') }}
    where unit_cost is null
),

cost_history as (
    select * from {{ ref('core__cost_history') }}
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
        count(unit_cost) over (partition by store_id, sku order by day) as stretch_before,
        count(unit_cost) over (partition by store_id, sku order by day desc) as stretch_after
    from days
),

final as (
    select
        store_id,
        sku,
        day,
        coalesce(
            max(unit_cost) over (partition by store_id, sku, stretch_before),
            max(unit_cost) over (partition by store_id, sku, stretch_after)
        ) as unit_cost,
        max(load_id) over (partition by store_id, sku) as load_id
    from stretches
)

select * from final
