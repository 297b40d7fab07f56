"""The stock as of an instant: what `live.inventory_levels` shows, summed up from the ledger.

On hand is the sum of the movements. Units of orders that have not shipped are committed. Some of
what is left is set aside: held for somebody, damaged, kept as safety stock; units that came back
in the last days are being looked at. What is on its way (ordered, or sent from another location) is
incoming. `{now}` stands for the instant.
"""

COMMITTED = """
with

removed as (
    select refund_lines.line_id, sum(refund_lines.quantity) as quantity
    from main.refund_lines
    inner join main.refunds on refund_lines.refund_id = refunds.refund_id
    where refund_lines.restock_type = 'CANCEL' and refunds.processed_at <= {now}
    group by refund_lines.line_id
)

select
    variants.inventory_item_id,
    order_locations.location_id,
    sum(order_lines.quantity - coalesce(removed.quantity, 0)) as quantity,
    max(orders.created_at) as happened_at
from main.orders
inner join main.order_lines on orders.order_id = order_lines.order_id
inner join main.order_locations on orders.order_id = order_locations.order_id
inner join main.variants on order_lines.variant_id = variants.variant_id
left join removed on order_lines.line_id = removed.line_id
where
    orders.created_at <= {now}
    and variants.tracked
    and coalesce(orders.closed_at > {now}, true)
    and coalesce(orders.cancelled_at > {now}, true)
    and coalesce(orders.deleted_at > {now}, true)
    and coalesce(order_lines.added_at <= {now}, true)
group by variants.inventory_item_id, order_locations.location_id
"""

INCOMING = """
with

coming as (
    select variant_id, location_id, quantity_ordered as quantity
    from main.purchase_orders
    where ordered_on <= {today} and coalesce(received_at > {now}, true)
    union all
    select variant_id, to_location_id, quantity
    from main.transfers
    where shipped_at <= {now} and coalesce(received_at > {now}, true)
)

select variants.inventory_item_id, coming.location_id, sum(coming.quantity) as quantity
from coming
inner join main.variants on coming.variant_id = variants.variant_id
group by variants.inventory_item_id, coming.location_id
"""

ON_HAND = """
select
    inventory_item_id,
    location_id,
    sum(quantity) as quantity,
    coalesce(sum(quantity) filter (
        where kind = 'RETURN' and moved_at > {now} - interval 2 day
    ), 0) as returned_lately,
    max(moved_at) as happened_at
from main.stock_movements
where moved_at <= {now}
group by inventory_item_id, location_id
"""

# Each step sets units aside from what the steps before have left.
LEVELS = f"""
with

on_hand as (
    {ON_HAND}
),

committed as (
    {COMMITTED}
),

incoming as (
    {INCOMING}
),

items as (
    select
        variants.inventory_item_id,
        locations.location_id,
        variants.inventory_item_id // 11 + 7 * locations.location_id as draw,
        variants.created_at
    from main.variants
    inner join main.products on variants.product_id = products.product_id
    cross join main.locations
    where
        locations.is_active
        and not products.is_gift_card
        and variants.created_at <= {{now}}
        and coalesce(products.deleted_at > {{now}}, true)
),

counted as (
    select
        items.*,
        coalesce(on_hand.quantity, 0) as on_hand,
        coalesce(committed.quantity, 0) as committed,
        coalesce(incoming.quantity, 0) as incoming,
        coalesce(on_hand.returned_lately, 0) as returned_lately,
        greatest(items.created_at, on_hand.happened_at, committed.happened_at) as updated_at
    from items
    left join on_hand using (inventory_item_id, location_id)
    left join committed using (inventory_item_id, location_id)
    left join incoming using (inventory_item_id, location_id)
),

inspected as (
    select
        *,
        greatest(least(returned_lately, on_hand - committed - 1), 0) as quality_control
    from counted
),

divided as (
    select
        *,
        greatest(on_hand - committed - quality_control - 1, 0) as free
    from inspected
),

set_aside as (
    select
        *,
        case when draw % 17 = 3 then least(free // 4, 5) else 0 end as reserved,
        case when draw % 19 = 5 then least(free // 4, 2) else 0 end as damaged,
        case when draw % 13 = 2 then least(free // 4, 6) else 0 end as safety_stock
    from divided
)

select
    inventory_item_id,
    location_id,
    cast(
        on_hand - committed - reserved - damaged - safety_stock - quality_control as integer
    ) as available,
    cast(on_hand as integer) as on_hand,
    cast(committed as integer) as committed,
    cast(reserved as integer) as reserved,
    cast(damaged as integer) as damaged,
    cast(safety_stock as integer) as safety_stock,
    cast(quality_control as integer) as quality_control,
    cast(incoming as integer) as incoming,
    updated_at
from set_aside
order by inventory_item_id, location_id
"""
