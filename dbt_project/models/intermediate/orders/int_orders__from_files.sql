with

orders as (
    select * from {{ ref('stg_files__orders') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select
        orders.store_id,
        orders.order_id,
        orders.customer_id,
        orders.order_date,
        orders.order_status,
        orders.is_test,
        cast(null as {{ dbt.type_timestamp() }}) as deleted_at,
        orders.subtotal,
        orders.discount_amount,
        orders.tax_amount,
        orders.shipping_amount,
        orders.total_amount,
        coalesce(orders.currency, stores.currency) as currency,
        coalesce(orders.currency, stores.currency) as original_currency,
        orders.total_amount as original_total_amount,
        orders.payment_method,
        orders.shipping_method,
        orders.channel,
        orders.traffic_source,
        orders.device_type,
        orders.city,
        orders.state,
        orders.country,
        stores.time_zone,
        stores.reporting_currency,
        false as taxes_included,
        orders.created_at,
        orders.load_id
    from orders
    inner join stores on orders.store_id = stores.store_id
)

select * from final
