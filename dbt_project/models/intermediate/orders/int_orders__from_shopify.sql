-- Shopify orders in the shop's currency. A sale is dated by processed_at, which imported and
-- point-of-sale orders keep right.
with

orders as (
    select * from {{ ref('stg_shopify__orders') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

shipping as (
    select * from {{ ref('int_orders__shipping_by_order') }}
),

customers_by_email as (
    select * from {{ ref('int_orders__customers_by_email') }}
),

deletions as (
    select * from {{ ref('stg_shopify__deletions') }}
    where subject_type = 'ORDER'
),

channels as (
    select * from {{ ref('seeds__shopify_channels') }}
),

mediums as (
    select * from {{ ref('seeds__traffic_mediums') }}
),

visit_sources as (
    select * from {{ ref('seeds__traffic_sources') }}
),

joined as (
    select
        orders.*,
        stores.time_zone,
        stores.currency as store_currency,
        stores.reporting_currency,
        shipping.shipping_method,
        deletions.deleted_at,
        {{ latest_load(['orders.load_id', 'deletions.load_id', 'customers_by_email.load_id']) }}
            as latest_load_id,
        coalesce(shipping.shipping_amount, 0) as shipping_price,
        coalesce(shipping.shipping_tax_amount, 0) as shipping_tax,
        coalesce(
            orders.customer_id,
            customers_by_email.customer_id,
            {{ dbt.concat(["'guest-'", dbt.hash('orders.email')]) }}
        ) as resolved_customer_id,
        coalesce(channels.channel, 'marketplace') as channel,
        coalesce(
            mediums.traffic_source,
            visit_sources.traffic_source,
            case
                when orders.last_visit_at is null then 'unattributed'
                when orders.last_visit_source is null then 'direct'
                else 'referral'
            end
        ) as traffic_source
    from orders
    inner join stores on orders.store_id = stores.store_id
    left join shipping
        on orders.store_id = shipping.store_id
        and orders.order_id = shipping.order_id
    left join customers_by_email
        on orders.store_id = customers_by_email.store_id
        and orders.email = customers_by_email.email
    left join deletions
        on orders.store_id = deletions.store_id
        and orders.order_id = deletions.subject_id
    left join channels on orders.source_name = channels.source_name
    left join mediums on lower(orders.last_visit_utm_medium) = mediums.utm_medium
    left join visit_sources on lower(orders.last_visit_source) = visit_sources.source
),

final as (
    select
        store_id,
        order_id,
        resolved_customer_id as customer_id,
        processed_at as order_date,
        case
            when cancelled_at is not null or financial_status in ('VOIDED', 'EXPIRED')
                then 'cancelled'
            when financial_status = 'REFUNDED' then 'refunded'
            when financial_status in ('PENDING', 'AUTHORIZED', 'PARTIALLY_PAID') then 'pending'
            else 'completed'
        end as order_status,
        is_test,
        deleted_at,
        subtotal_amount as subtotal,
        total_discounts_amount as discount_amount,
        total_tax_amount as tax_amount,
        case when taxes_included then shipping_price - shipping_tax else shipping_price end
            as shipping_amount,
        total_price_amount as total_amount,
        currency,
        presentment_currency as original_currency,
        total_price_presentment_amount as original_total_amount,
        payment_gateways as payment_method,
        shipping_method,
        channel,
        traffic_source,
        cast(null as {{ dbt.type_string() }}) as device_type,
        city,
        province as state,
        country,
        time_zone,
        reporting_currency,
        taxes_included,
        created_at,
        latest_load_id as load_id
    from joined
)

select * from final
