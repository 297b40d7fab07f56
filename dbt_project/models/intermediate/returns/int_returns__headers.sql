-- Every return, whatever its source. A file may tell what Shopify does not know of one: what
-- handling and shipping cost, when the goods arrived and were looked at. Costs are in the
-- reporting currency at the rate of the return's day. processed_date: when the refund or the store
-- credit was given, the exchange was processed.
with

shopify as (
    select * from {{ ref('int_returns__headers_from_shopify') }}
),

files as (
    select * from {{ ref('int_returns__headers_from_files') }}
),

orders as (
    select * from {{ ref('core__orders') }}
),

file_returns as (
    select * from {{ ref('stg_files__returns') }}
),

enriched as (
    select
        shopify.store_id,
        shopify.return_id,
        shopify.order_id,
        shopify.customer_id,
        shopify.origin,
        shopify.return_status,
        shopify.return_type,
        shopify.rejection_reason,
        shopify.original_refund_amount,
        file_returns.processing_cost,
        coalesce(shopify.restocking_fee, file_returns.restocking_fee) as restocking_fee,
        shopify.return_shipping_fee,
        file_returns.shipping_cost,
        shopify.currency,
        shopify.reporting_currency,
        shopify.requested_at,
        shopify.return_date,
        shopify.approved_date,
        file_returns.received_date,
        file_returns.inspection_date,
        coalesce(shopify.refund_date, file_returns.refund_date) as refund_date,
        coalesce(file_returns.exchange_processed_date, shopify.exchange_processed_date)
            as exchange_processed_date,
        file_returns.inspection_notes
    from shopify
    left join file_returns
        on shopify.store_id = file_returns.store_id
        and shopify.return_id = file_returns.return_id
),

unioned as (
    select * from enriched
    union all
    select * from files
),

rated as (
    select
        unioned.*,
        {{ rate_to_reporting('unioned.currency', 'unioned.reporting_currency') }} as exchange_rate
    from unioned
    {{ rate_join('unioned.currency', 'unioned.reporting_currency', 'unioned.return_date') }}
),

final as (
    select
        rated.store_id,
        rated.return_id,
        rated.order_id,
        rated.customer_id,
        rated.origin,
        rated.return_status,
        rated.return_type,
        rated.rejection_reason,
        {{ decimal('rated.original_refund_amount * rated.exchange_rate') }} as refund_amount,
        rated.original_refund_amount,
        rated.currency,
        {{ decimal('rated.processing_cost * rated.exchange_rate') }} as processing_cost,
        {{ decimal('rated.restocking_fee * rated.exchange_rate') }} as restocking_fee,
        {{ decimal('rated.return_shipping_fee * rated.exchange_rate') }} as return_shipping_fee,
        {{ decimal('rated.shipping_cost * rated.exchange_rate') }} as shipping_cost,
        rated.return_status <> 'rejected' as is_counted,
        rated.requested_at,
        rated.return_date,
        rated.approved_date,
        rated.received_date,
        rated.inspection_date,
        rated.refund_date,
        rated.exchange_processed_date,
        case
            when rated.return_type = 'exchange'
                then coalesce(rated.exchange_processed_date, rated.refund_date)
            else coalesce(rated.refund_date, rated.exchange_processed_date)
        end as processed_date,
        {{ dbt.datediff('orders.order_day', 'rated.return_date', 'day') }} as days_from_purchase,
        rated.inspection_notes
    from rated
    left join orders
        on rated.store_id = orders.store_id
        and rated.order_id = orders.order_id
)

select * from final
