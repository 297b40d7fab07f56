-- Returns of Shopify shops: Shopify's own, and refunds that took goods back without one.
with

returns as (
    select * from {{ ref('stg_shopify__returns') }}
),

refunded as (
    select * from {{ ref('int_returns__refunded') }}
),

exchange_lines as (
    select * from {{ ref('stg_shopify__exchange_lines') }}
),

return_lines as (
    select * from {{ ref('stg_shopify__return_lines') }}
),

orders as (
    select * from {{ ref('core__orders') }}
    where is_valid
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

exchanged as (
    select distinct
        store_id,
        return_id
    from exchange_lines
),

fees as (
    select
        store_id,
        return_id,
        sum(restocking_fee_amount) as restocking_fee
    from return_lines
    group by store_id, return_id
),

requested as (
    select
        returns.store_id,
        returns.return_id,
        returns.order_id,
        'return' as origin,
        case returns.status
            when 'REQUESTED' then 'pending'
            when 'OPEN' then 'approved'
            when 'CLOSED' then 'completed'
            else 'rejected'
        end as return_status,
        case
            when exchanged.return_id is not null and coalesce(refunded.original_amount, 0) = 0
                then 'exchange'
            when coalesce(refunded.is_store_credit, false) then 'store_credit'
            else 'refund'
        end as return_type,
        case
            when returns.status = 'CANCELED' then 'canceled'
            when returns.status = 'DECLINED'
                then coalesce(lower(returns.decline_reason), 'declined')
        end as rejection_reason,
        fees.restocking_fee,
        returns.return_shipping_fee_amount as return_shipping_fee,
        refunded.original_amount,
        returns.created_at as requested_at,
        returns.request_approved_at as approved_at,
        returns.closed_at,
        refunded.refund_date
    from returns
    left join refunded
        on returns.store_id = refunded.store_id
        and returns.return_id = refunded.shopify_return_id
    left join exchanged
        on returns.store_id = exchanged.store_id
        and returns.return_id = exchanged.return_id
    left join fees
        on returns.store_id = fees.store_id
        and returns.return_id = fees.return_id
),

only_refunded as (
    select
        store_id,
        return_id,
        order_id,
        'refund' as origin,
        'completed' as return_status,
        case when is_store_credit then 'store_credit' else 'refund' end as return_type,
        cast(null as {{ dbt.type_string() }}) as rejection_reason,
        cast(null as {{ dbt.type_numeric() }}) as restocking_fee,
        cast(null as {{ dbt.type_numeric() }}) as return_shipping_fee,
        original_amount,
        first_refunded_at as requested_at,
        cast(null as {{ dbt.type_timestamp() }}) as approved_at,
        cast(null as {{ dbt.type_timestamp() }}) as closed_at,
        refund_date
    from refunded
    where shopify_return_id is null
),

unioned as (
    select * from requested
    union all
    select * from only_refunded
),

final as (
    select
        unioned.store_id,
        unioned.return_id,
        unioned.order_id,
        orders.customer_id,
        unioned.origin,
        unioned.return_status,
        unioned.return_type,
        unioned.rejection_reason,
        {{ decimal('coalesce(unioned.original_amount, 0)') }} as original_refund_amount,
        {{ decimal('unioned.restocking_fee') }} as restocking_fee,
        {{ decimal('unioned.return_shipping_fee') }} as return_shipping_fee,
        orders.currency,
        stores.reporting_currency,
        unioned.requested_at,
        {{ shop_date('unioned.requested_at', 'stores.time_zone') }} as return_date,
        {{ shop_date('unioned.approved_at', 'stores.time_zone') }} as approved_date,
        unioned.refund_date,
        case
            when unioned.return_type = 'exchange'
                then {{ shop_date('unioned.closed_at', 'stores.time_zone') }}
        end as exchange_processed_date
    from unioned
    inner join orders
        on unioned.store_id = orders.store_id
        and unioned.order_id = orders.order_id
    inner join stores on unioned.store_id = stores.store_id
)

select * from final
