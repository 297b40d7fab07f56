-- Money given back beyond returned goods: refunds without lines, and refunds of shipping.
with

adjustments as (
    select * from {{ ref('stg_shopify__refund_adjustments') }}
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

dated as (
    select
        adjustments.store_id,
        adjustments.order_id,
        adjustments.refund_adjustment_id,
        adjustments.reason,
        {{ shop_date('refunds.processed_at', 'stores.time_zone') }} as refund_day,
        -adjustments.adjustment_amount as amount,
        orders.currency,
        stores.reporting_currency
    from adjustments
    inner join refunds
        on adjustments.store_id = refunds.store_id
        and adjustments.refund_id = refunds.refund_id
    inner join orders
        on adjustments.store_id = orders.store_id
        and adjustments.order_id = orders.order_id
    inner join stores on adjustments.store_id = stores.store_id
),

final as (
    select
        dated.store_id,
        dated.order_id,
        dated.refund_adjustment_id,
        dated.reason,
        dated.refund_day,
        {{ decimal('dated.amount * ' ~ rate_to_reporting('dated.currency', 'dated.reporting_currency')) }}
            as amount
    from dated
    {{ rate_join('dated.currency', 'dated.reporting_currency', 'dated.refund_day') }}
)

select * from final
