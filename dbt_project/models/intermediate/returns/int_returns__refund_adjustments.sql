-- Money given back beyond returned goods: refunds without lines, and refunds of shipping.
with

adjustments as (
    select * from {{ ref('stg_shopify__refund_adjustments') }}
),

shipping_lines as (
    select * from {{ ref('stg_shopify__refund_shipping_lines') }}
),

refunds as (
    select * from {{ ref('stg_shopify__refunds') }}
),

orders as (
    select * from {{ ref('core__orders') }}
    where is_valid
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

shipping_refunds as (
    select distinct
        store_id,
        refund_id
    from shipping_lines
),

-- Older refunds tell refunded shipping as an adjustment; one that has both tells it twice.
kept_adjustments as (
    select adjustments.*
    from adjustments
    left join shipping_refunds
        on adjustments.store_id = shipping_refunds.store_id
        and adjustments.refund_id = shipping_refunds.refund_id
        and adjustments.reason = 'SHIPPING_REFUND'
    where shipping_refunds.refund_id is null
),

given_back as (
    select
        store_id,
        order_id,
        refund_id,
        refund_adjustment_id,
        reason,
        -adjustment_amount as amount
    from kept_adjustments
    union all
    select
        store_id,
        order_id,
        refund_id,
        refund_shipping_line_id as refund_adjustment_id,
        'SHIPPING_REFUND' as reason,
        subtotal_amount as amount
    from shipping_lines
),

dated as (
    select
        given_back.store_id,
        given_back.order_id,
        given_back.refund_adjustment_id,
        given_back.reason,
        {{ shop_date('refunds.processed_at', 'stores.time_zone') }} as refund_day,
        given_back.amount,
        orders.currency,
        stores.reporting_currency
    from given_back
    inner join refunds
        on given_back.store_id = refunds.store_id
        and given_back.refund_id = refunds.refund_id
    inner join orders
        on given_back.store_id = orders.store_id
        and given_back.order_id = orders.order_id
    inner join stores on given_back.store_id = stores.store_id
),

final as (
    select
        dated.store_id,
        dated.order_id,
        dated.refund_adjustment_id,
        dated.reason,
        dated.refund_day,
        {{ decimal(
            'dated.amount * '
            ~ rate_to_reporting('dated.currency', 'dated.reporting_currency')
        ) }} as amount
    from dated
    {{ rate_join('dated.currency', 'dated.reporting_currency', 'dated.refund_day') }}
)

select * from final
