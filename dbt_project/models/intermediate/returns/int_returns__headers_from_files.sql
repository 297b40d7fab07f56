-- Returns that files bring themselves; rows about a return of a Shopify shop only enrich that one.
with

returns as (
    select * from {{ ref('stg_files__returns') }}
),

shopify_returns as (
    select * from {{ ref('int_returns__shopify_ids') }}
),

orders as (
    select * from {{ ref('core__orders') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select
        returns.store_id,
        returns.return_id,
        returns.order_id,
        coalesce(returns.customer_id, orders.customer_id) as customer_id,
        'file' as origin,
        coalesce(returns.return_status, 'completed') as return_status,
        coalesce(returns.return_type, 'refund') as return_type,
        cast(null as {{ dbt.type_string() }}) as rejection_reason,
        returns.total_refund_amount as original_refund_amount,
        returns.processing_cost,
        returns.restocking_fee,
        cast(null as {{ dbt.type_numeric() }}) as return_shipping_fee,
        returns.shipping_cost,
        coalesce(orders.currency, stores.currency) as currency,
        stores.reporting_currency,
        cast(null as {{ dbt.type_timestamp() }}) as requested_at,
        returns.return_date,
        cast(null as date) as approved_date,
        returns.received_date,
        returns.inspection_date,
        returns.refund_date,
        returns.exchange_processed_date,
        returns.inspection_notes
    from returns
    inner join stores on returns.store_id = stores.store_id
    left join shopify_returns
        on returns.store_id = shopify_returns.store_id
        and returns.return_id = shopify_returns.return_id
    left join orders
        on returns.store_id = orders.store_id
        and returns.order_id = orders.order_id
    where shopify_returns.return_id is null
)

select * from final
