-- One row a returned line, money in the reporting currency at the rate of the return's day.
with

shopify as (
    select * from {{ ref('int_returns__from_shopify') }}
),

files as (
    select * from {{ ref('int_returns__from_files') }}
),

unioned as (
    select
        store_id,
        return_id,
        return_item_id,
        order_id,
        customer_id,
        order_item_id,
        sku,
        return_date,
        'completed' as return_status,
        'refund' as return_type,
        quantity_returned,
        refund_amount,
        resaleable,
        currency,
        reporting_currency
    from shopify
    union all
    select
        store_id,
        return_id,
        return_item_id,
        order_id,
        customer_id,
        order_item_id,
        sku,
        return_date,
        return_status,
        return_type,
        quantity_returned,
        refund_amount,
        resaleable,
        currency,
        reporting_currency
    from files
),

final as (
    select
        unioned.store_id,
        unioned.return_id,
        unioned.return_item_id,
        unioned.order_id,
        unioned.customer_id,
        unioned.order_item_id,
        unioned.sku,
        unioned.return_date,
        unioned.return_status,
        unioned.return_type,
        unioned.quantity_returned,
        {{ decimal(
            'unioned.refund_amount * '
            ~ rate_to_reporting('unioned.currency', 'unioned.reporting_currency')
        ) }} as refund_amount,
        unioned.resaleable,
        unioned.return_status <> 'rejected' as is_counted
    from unioned
    {{ rate_join('unioned.currency', 'unioned.reporting_currency', 'unioned.return_date') }}
)

select * from final
