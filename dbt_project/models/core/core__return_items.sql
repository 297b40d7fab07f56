-- One row a returned line, money in the reporting currency: refunds of a Shopify shop at the rate
-- of the refund's day, everything else at the rate of the return's day.
with

items as (
    select * from {{ ref('int_returns__items') }}
),

headers as (
    select * from {{ ref('int_returns__headers') }}
),

reasons as (
    select * from {{ ref('int_returns__reasons') }}
),

final as (
    select
        items.store_id,
        items.return_id,
        items.return_item_id,
        headers.order_id,
        headers.customer_id,
        items.order_item_id,
        items.sku,
        headers.return_date,
        headers.return_status,
        headers.return_type,
        headers.origin,
        reasons.return_reason_category,
        reasons.return_reason_detail,
        reasons.sub_reason,
        reasons.reason_text,
        items.condition_received,
        items.quantity_returned,
        {{ count_of('items.resaleable_quantity') }} as resaleable_quantity,
        {{ decimal('items.refund_amount') }} as refund_amount,
        {{ safe_divide('items.refund_amount', 'items.quantity_returned') }}
            as unit_refund_amount,
        {{ decimal('items.original_refund_amount') }} as original_refund_amount,
        headers.currency,
        {{ decimal('items.restocked_value') }} as restocked_value,
        items.resaleable,
        headers.is_counted
    from items
    inner join headers
        on items.store_id = headers.store_id
        and items.return_id = headers.return_id
    inner join reasons
        on items.store_id = reasons.store_id
        and items.return_item_id = reasons.return_item_id
)

select * from final
