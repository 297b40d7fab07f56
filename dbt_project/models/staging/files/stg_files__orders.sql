with

source as (
    select * from {{ source('raw_files', 'orders') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.order_id,
        source.customer_id,
        {{ instant('source.order_date', time_zone()) }} as order_date,
        source.order_status,
        coalesce(source.is_test, false) as is_test,
        source.subtotal,
        source.discount_amount,
        source.tax_amount,
        source.shipping_amount,
        source.total_amount,
        source.payment_method,
        source.shipping_method,
        source.channel,
        source.traffic_source,
        source.device_type,
        source.city,
        source.state,
        source.country,
        source.currency,
        {{ instant('source.created_at', time_zone()) }} as created_at,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
