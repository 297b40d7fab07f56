-- The shop as of its instant, in the shape that the API's fields read: schema `api` over `live`.
-- What is summed up over many rows is a table, so that a page of orders costs no scan of the shop.

create schema if not exists api;

create or replace macro api.shop_currency() as (select currency_code from live.shop);

create or replace macro api.is_zero_decimal(currency) as
    currency in ('JPY', 'KRW', 'VND', 'CLP');

-- Of an amount with four digits: "12.5", "12.0", no more of them than needed and one at least.
create or replace macro api.amount_text(amount) as
    cast(amount as varchar)[:-4] || rtrim(cast(amount as varchar)[-3:], '0');

create or replace macro api.whole_text(amount) as
    cast(cast(amount as bigint) as varchar);

create or replace macro api.shop_amount(amount) as
    api.{shop_text}(amount);

create or replace macro api.presentment_amount(amount, rate, currency) as
    case
        when rate = 1 then api.{shop_text}(amount)
        when api.is_zero_decimal(currency) then api.whole_text(amount * rate)
        else api.amount_text(cast(round(amount * rate, 2) as decimal(18, 4)))
    end;

create or replace macro api.reason_key(handle) as
    cast('0x' || md5(handle)[:8] as bigint);

create or replace view api.shop as
select * from live.shop;

create or replace view api.locations as
select * from live.locations;

create or replace table api.products as
select
    products.*,
    lower(regexp_replace(title, '[^A-Za-z0-9]+', '-', 'g')) || '-' || product_id as handle,
    coalesce(variant_counts.variant_count, 0) as variant_count
from live.products as products
left join (
    select product_id, count(*) as variant_count
    from live.variants
    group by product_id
) as variant_counts using (product_id)
order by product_id;

create or replace table api.variants as
select
    variants.*,
    products.title as product_title,
    products.is_gift_card,
    levels.available
from live.variants as variants
inner join api.products as products using (product_id)
left join (
    select inventory_item_id, sum(available) as available
    from live.inventory_levels
    group by inventory_item_id
) as levels using (inventory_item_id)
order by variant_id;

create or replace table api.inventory_items as
select
    inventory_item_id, variant_id, sku, tracked, unit_cost, created_at, updated_at,
    not is_gift_card as requires_shipping
from api.variants
order by inventory_item_id;

create or replace table api.inventory_levels as
select
    *,
    inventory_item_id * 1000 + location_id as level_key
from live.inventory_levels
where inventory_item_id in (select inventory_item_id from api.inventory_items)
order by inventory_item_id, location_id;

create or replace table api.line_discounts as
select
    discounts.line_id, discounts.order_id, discounts.position, discounts.amount,
    applications.application_index, applications.kind, applications.code, applications.title,
    applications.target_selection, applications.target_type, applications.allocation_method,
    applications.value_type, applications.value,
    applications.target_selection = 'ALL' and applications.allocation_method = 'ACROSS'
        as is_order_level,
    orders.presentment_currency, orders.presentment_rate
from live.line_discounts as discounts
inner join live.discount_applications as applications using (order_id, application_index)
inner join live.orders as orders using (order_id)
order by order_id;

create or replace table api.order_lines as
with

discounts as (
    select
        line_id,
        sum(amount) as all_discounts,
        coalesce(sum(amount) filter (where not is_order_level), 0) as line_level,
        coalesce(sum(amount) filter (where not is_order_level and kind = 'CODE'), 0) as by_code
    from api.line_discounts
    group by line_id
),

refunded as (
    select
        line_id,
        sum(quantity) as quantity,
        coalesce(sum(quantity) filter (where restock_type = 'CANCEL'), 0) as removed
    from live.refund_lines
    group by line_id
)

select
    lines.*,
    lines.quantity - coalesce(refunded.quantity, 0) as current_quantity,
    if(fulfilled.order_id is null, 0, lines.quantity - coalesce(refunded.removed, 0))
        as fulfilled_quantity,
    if(fulfilled.order_id is null, lines.quantity - coalesce(refunded.quantity, 0), 0)
        as unfulfilled_quantity,
    cast(lines.quantity * lines.unit_price as decimal(18, 4)) as original_total,
    cast(coalesce(discounts.all_discounts, 0) as decimal(18, 4)) as all_discounts,
    cast(coalesce(discounts.line_level, 0) as decimal(18, 4)) as line_level_discounts,
    cast(coalesce(discounts.by_code, 0) as decimal(18, 4)) as line_level_code_discounts,
    orders.presentment_currency,
    orders.presentment_rate
from live.order_lines as lines
inner join live.orders as orders using (order_id)
left join discounts using (line_id)
left join refunded using (line_id)
left join (select distinct order_id from live.fulfillments where status = 'SUCCESS') as fulfilled
    on lines.order_id = fulfilled.order_id
order by lines.order_id;

create or replace table api.return_lines as
with lines as (
    select
        lines.*,
        returns.status as return_status,
        returns.restocking_fee as return_fee,
        returns.received_at,
        if(order_lines.fulfilled_quantity > 0, lines.line_id, null) as fulfillment_line_id,
        if(order_lines.fulfilled_quantity > 0, lines.quantity, 0) as fee_units,
        cast(coalesce(
            (order_lines.original_total - order_lines.line_level_discounts)
            / order_lines.quantity, 0
        ) as decimal(18, 4)) as unit_value,
        least(coalesce(refund_lines.quantity, 0), lines.quantity) as refunded_quantity,
        orders.presentment_currency,
        orders.presentment_rate
    from live.return_lines as lines
    inner join live.returns as returns on lines.return_id = returns.return_id
    inner join live.orders as orders on lines.order_id = orders.order_id
    left join api.order_lines as order_lines on lines.line_id = order_lines.line_id
    left join live.refund_lines as refund_lines
        on lines.refund_line_id = refund_lines.refund_line_id
),

shared as (
    select
        *,
        sum(fee_units) over (partition by return_id order by return_line_id) as units_so_far,
        sum(fee_units) over (partition by return_id) as units
    from lines
)

select
    * exclude (units_so_far, units, fee_units, return_fee),
    if(
        disposition is null and received_at is not null, 'PROCESSING_REQUIRED', disposition
    ) as disposition_type,
    coalesce(disposed_at, received_at) as disposition_at,
    if(return_status = 'CLOSED' or disposition is not null or refunded_quantity > 0, quantity, 0)
        as processed_quantity,
    cast(
        round(return_fee * units_so_far / nullif(units, 0), {decimals})
        - round(return_fee * (units_so_far - fee_units) / nullif(units, 0), {decimals})
        as decimal(18, 4)
    ) as restocking_fee,
    api.reason_key(reason_handle) as reason_key
from shared
order by order_id, return_line_id;

create or replace table api.return_reasons as
select
    api.reason_key(handle) as reason_key,
    handle,
    coalesce(any_value(name), handle) as name
from (
    select handle, name from live.return_reasons
    union all
    select distinct reason_handle, null from live.return_lines where reason_handle is not null
)
group by handle
order by handle;

create or replace table api.returns as
select
    returns.*,
    returns.status in ('OPEN', 'CLOSED')
        or (returns.status = 'CANCELED' and returns.approved_at is not null) as is_approved,
    coalesce(lines.quantity, 0) as total_quantity,
    coalesce(lines.is_inspected, false) as is_inspected,
    coalesce(lines.is_lost, false) as is_lost,
    orders.presentment_currency,
    orders.presentment_rate
from live.returns as returns
inner join live.orders as orders using (order_id)
left join (
    select
        return_id,
        sum(quantity) as quantity,
        bool_and(disposition is not null) as is_inspected,
        bool_and(disposition is not distinct from 'MISSING') as is_lost
    from api.return_lines
    group by return_id
) as lines on returns.return_id = lines.return_id
order by order_id, return_id;

create or replace table api.exchange_lines as
select
    lines.*,
    if(returns.status = 'CLOSED', lines.quantity, 0) as processed_quantity
from live.exchange_lines as lines
inner join api.returns as returns using (return_id)
order by order_id, exchange_line_id;

create or replace table api.orders as
with

lines as (
    select
        order_id,
        sum(original_total) as original_total,
        sum(all_discounts) as discounts,
        sum(tax_amount) as tax,
        sum(quantity) as quantity,
        sum(current_quantity) as current_quantity,
        sum(fulfilled_quantity) as fulfilled_quantity
    from api.order_lines
    group by order_id
),

shipping as (
    select
        order_id,
        min(shipping_line_id) as shipping_line_id,
        sum(discounted_price) as discounted_price,
        sum(original_price - discounted_price) as discounts,
        sum(tax_amount) as tax
    from live.shipping_lines
    group by order_id
),

received as (
    select order_id, sum(amount) as amount
    from live.transactions
    where status = 'SUCCESS' and kind in ('SALE', 'CAPTURE')
    group by order_id
),

refunds as (
    select order_id, sum(total_refunded) as amount
    from live.refunds
    group by order_id
),

refund_lines as (
    select order_id, sum(subtotal) as subtotal, sum(tax_amount) as tax
    from live.refund_lines
    group by order_id
),

refund_shipping as (
    select order_id, -sum(amount) as amount, -sum(tax_amount) as tax
    from live.refund_adjustments
    where reason = 'SHIPPING_REFUND'
    group by order_id
),

-- What tells most about an order's returns comes first.
returned as (
    select
        order_id,
        case
            when bool_or(status = 'REQUESTED') then 'RETURN_REQUESTED'
            when bool_or(status = 'OPEN' and not is_inspected) then 'IN_PROGRESS'
            when bool_or(status = 'OPEN') then 'INSPECTION_COMPLETE'
            when bool_or(status = 'CLOSED' and is_lost) then 'RETURN_FAILED'
            when bool_or(status = 'CLOSED') then 'RETURNED'
        end as status
    from api.returns
    group by order_id
),

summed as (
    select
        orders.*,
        shipping.shipping_line_id,
        coalesce(returned.status, 'NO_RETURN') as return_status,
        coalesce(lines.fulfilled_quantity, 0) as fulfilled_quantity,
        coalesce(lines.quantity, 0) as quantity,
        coalesce(lines.current_quantity, 0) as current_quantity,
        coalesce(lines.discounts, 0) as line_discounts,
        coalesce(lines.original_total, 0) - coalesce(lines.discounts, 0) as subtotal,
        coalesce(shipping.discounts, 0) as shipping_discounts,
        coalesce(shipping.discounted_price, 0) as shipping,
        coalesce(lines.tax, 0) + coalesce(shipping.tax, 0) as tax,
        coalesce(received.amount, 0) as received,
        coalesce(refunds.amount, 0) as refunded,
        coalesce(refund_lines.subtotal, 0) as refunded_subtotal,
        coalesce(refund_shipping.amount, 0) as refunded_shipping,
        coalesce(refund_lines.tax, 0) + coalesce(refund_shipping.tax, 0) as refunded_tax
    from live.orders as orders
    left join lines using (order_id)
    left join returned using (order_id)
    left join shipping using (order_id)
    left join received using (order_id)
    left join refunds using (order_id)
    left join refund_lines using (order_id)
    left join refund_shipping using (order_id)
)

select
    * exclude (
        line_discounts, subtotal, shipping_discounts, shipping, tax, received, refunded,
        refunded_subtotal, refunded_shipping, refunded_tax
    ),
    cast(subtotal as decimal(18, 4)) as subtotal,
    cast(line_discounts as decimal(18, 4)) as line_discounts,
    cast(line_discounts + shipping_discounts as decimal(18, 4)) as discounts,
    cast(shipping as decimal(18, 4)) as shipping,
    cast(tax as decimal(18, 4)) as tax,
    cast(subtotal + shipping + if(taxes_included, 0, tax) as decimal(18, 4)) as total,
    cast(received as decimal(18, 4)) as received,
    cast(refunded as decimal(18, 4)) as refunded,
    cast(refunded_shipping as decimal(18, 4)) as refunded_shipping,
    cast(subtotal - refunded_subtotal as decimal(18, 4)) as current_subtotal,
    cast(shipping - refunded_shipping as decimal(18, 4)) as current_shipping,
    cast(tax - refunded_tax as decimal(18, 4)) as current_tax,
    cast(
        subtotal - refunded_subtotal + shipping - refunded_shipping
        + if(taxes_included, 0, tax - refunded_tax) as decimal(18, 4)
    ) as current_total
from summed
order by order_id;

create or replace view api.discount_applications as
select
    applications.*,
    applications.order_id * 1000 + applications.application_index as application_key,
    orders.presentment_currency
from live.discount_applications as applications
inner join api.orders as orders using (order_id);

create or replace view api.shipping_lines as
select lines.*, orders.presentment_currency, orders.presentment_rate
from live.shipping_lines as lines
inner join api.orders as orders using (order_id);

create or replace view api.shipping_discounts as
select
    lines.shipping_line_id, lines.order_id,
    lines.original_price - lines.discounted_price as amount,
    applications.* exclude (order_id),
    lines.presentment_rate
from api.shipping_lines as lines
inner join api.discount_applications as applications using (order_id)
where applications.target_type = 'SHIPPING_LINE' and lines.original_price > lines.discounted_price;

create or replace view api.transactions as
select
    transactions.*,
    orders.is_test, orders.presentment_currency, orders.presentment_rate
from live.transactions as transactions
inner join api.orders as orders using (order_id);

create or replace table api.refunds as
select
    refunds.*,
    returns.return_id, orders.presentment_currency, orders.presentment_rate
from live.refunds as refunds
inner join api.orders as orders using (order_id)
left join api.returns as returns on refunds.refund_id = returns.refund_id
order by order_id, refund_id;

create or replace table api.refund_lines as
select lines.*, orders.presentment_currency, orders.presentment_rate
from live.refund_lines as lines
inner join api.orders as orders using (order_id)
order by order_id, refund_line_id;

-- A refund of shipping belongs to a shipping line; without one it can only be an adjustment.
create or replace table api.refund_shipping_lines as
select
    adjustments.*,
    orders.shipping_line_id, orders.presentment_currency, orders.presentment_rate
from live.refund_adjustments as adjustments
inner join api.orders as orders using (order_id)
where adjustments.reason = 'SHIPPING_REFUND' and orders.shipping_line_id is not null
order by order_id, adjustment_id;

create or replace table api.refund_adjustments as
select
    adjustments.* replace (nullif(reason, 'SHIPPING_REFUND') as reason),
    orders.presentment_currency, orders.presentment_rate
from live.refund_adjustments as adjustments
inner join api.orders as orders using (order_id)
where adjustments.reason != 'SHIPPING_REFUND' or orders.shipping_line_id is null
order by order_id, adjustment_id;

create or replace view api.fulfillments as
select
    fulfillments.*,
    orders.name || '-F1' as name,
    orders.fulfilled_quantity as total_quantity
from live.fulfillments as fulfillments
inner join api.orders as orders using (order_id);

-- A shipped order is shipped whole: one line of its fulfillment for each of its own.
create or replace view api.fulfillment_lines as
select
    lines.line_id, lines.order_id, fulfillments.fulfillment_id,
    lines.fulfilled_quantity as quantity,
    cast(lines.unit_price * lines.fulfilled_quantity as decimal(18, 4)) as original_total,
    cast(round(
        (lines.original_total - lines.line_level_discounts) * lines.fulfilled_quantity
        / lines.quantity, {decimals}
    ) as decimal(18, 4)) as discounted_total,
    lines.presentment_currency, lines.presentment_rate
from api.order_lines as lines
inner join live.fulfillments as fulfillments using (order_id)
where lines.fulfilled_quantity > 0;

-- What has been approved is awaited; a line without a fulfillment is not known to be awaited.
create or replace view api.reverse_fulfillment_orders as
select
    return_id, order_id,
    status
from api.returns
where is_approved;

create or replace view api.reverse_fulfillment_lines as
select
    return_line_id, return_id, order_id, fulfillment_line_id, quantity, location_id,
    disposition_type, disposition_at
from api.return_lines
where fulfillment_line_id is not null;

create or replace view api.dispositions as
select * from api.reverse_fulfillment_lines
where disposition_type is not null;

create or replace table api.customers as
select
    customers.*,
    coalesce(spent.order_count, 0) as order_count,
    cast(coalesce(spent.amount, 0) as decimal(18, 4)) as amount_spent
from live.customers as customers
left join (
    select customer_id, count(*) as order_count, sum(total - refunded) as amount
    from api.orders
    where not is_test and cancelled_at is null
    group by customer_id
) as spent using (customer_id)
order by customer_id;

create or replace table api.events as
select
    *,
    row_number() over (order by deleted_at, subject_type, subject_id) as event_id
from live.deletions;
