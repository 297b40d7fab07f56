-- One row an order, money in the reporting currency at the rate of the order's own day.
-- is_valid: neither cancelled nor a test nor deleted; only valid orders count in any figure.
with

shopify as (
    select * from {{ ref('int_orders__from_shopify') }}
),

files as (
    select * from {{ ref('int_orders__from_files') }}
),

unioned as (
    select * from shopify
    union all
    select * from files
),

dated as (
    select
        *,
        {{ shop_time('order_date', 'time_zone') }} as ordered_local,
        {{ shop_date('order_date', 'time_zone') }} as order_day
    from unioned
),

converted as (
    select
        dated.*,
        {{ rate_to_reporting('dated.currency', 'dated.reporting_currency') }} as exchange_rate,
        {{ latest_load(['dated.load_id', 'rates.load_id']) }} as latest_load_id
    from dated
    {{ rate_join('dated.currency', 'dated.reporting_currency', 'dated.order_day') }}
),

final as (
    select
        store_id,
        order_id,
        customer_id,
        order_date,
        order_day,
        cast(extract(hour from ordered_local) as integer) as order_hour,
        {{ iso_weekday('order_day') }} as order_weekday,
        order_status,
        payment_method,
        shipping_method,
        channel,
        traffic_source,
        device_type,
        city,
        state,
        country,
        {{ at_rate('subtotal', 'exchange_rate') }} as subtotal,
        {{ at_rate('discount_amount', 'exchange_rate') }} as discount_amount,
        {{ at_rate('tax_amount', 'exchange_rate') }} as tax_amount,
        {{ at_rate('shipping_amount', 'exchange_rate') }} as shipping_amount,
        {{ at_rate('total_amount', 'exchange_rate') }} as total_amount,
        currency,
        exchange_rate,
        original_currency,
        original_total_amount,
        taxes_included,
        is_test,
        deleted_at is not null as is_deleted,
        order_status <> 'cancelled' and not is_test and deleted_at is null as is_valid,
        created_at,
        latest_load_id as load_id
    from converted
    where {{ landed_since_last_build('latest_load_id') }}
)

select * from final
