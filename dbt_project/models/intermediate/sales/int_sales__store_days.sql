-- Day by day what stands beside the sales of a store: returns, shipping, tax, marketing.
with

orders as (
    select * from {{ ref('int_sales__orders') }}
),

refund_ledger as (
    select * from {{ ref('int_returns__refund_ledger') }}
    where booked_day <= {{ as_of_date() }}
),

adjustments as (
    select * from {{ ref('int_returns__refund_adjustments') }}
    where refund_day <= {{ as_of_date() }}
),

marketing_spend as (
    select * from {{ ref('core__marketing_spend') }}
    where spend_date <= {{ as_of_date() }}
),

amounts as (
    select
        store_id,
        order_day as day,
        shipping_amount,
        tax_amount,
        0 as returns_value,
        0 as refund_adjustments,
        0 as marketing_spend
    from orders
    union all
    select
        store_id,
        booked_day as day,
        0 as shipping_amount,
        0 as tax_amount,
        amount as returns_value,
        0 as refund_adjustments,
        0 as marketing_spend
    from refund_ledger
    union all
    select
        store_id,
        refund_day as day,
        0 as shipping_amount,
        0 as tax_amount,
        0 as returns_value,
        amount as refund_adjustments,
        0 as marketing_spend
    from adjustments
    union all
    select
        store_id,
        spend_date as day,
        0 as shipping_amount,
        0 as tax_amount,
        0 as returns_value,
        0 as refund_adjustments,
        amount as marketing_spend
    from marketing_spend
),

store_days as (
    select
        store_id,
        day,
        {{ decimal('sum(shipping_amount)') }} as shipping_amount,
        {{ decimal('sum(tax_amount)') }} as tax_amount,
        {{ decimal('sum(returns_value)') }} as returns_value,
        {{ decimal('sum(refund_adjustments)') }} as refund_adjustments,
        {{ decimal('sum(marketing_spend)') }} as marketing_spend
    from amounts
    group by store_id, day
),

final as (
    select * from store_days
    union all
    select
        'all' as store_id,
        day,
        {{ decimal('sum(shipping_amount)') }} as shipping_amount,
        {{ decimal('sum(tax_amount)') }} as tax_amount,
        {{ decimal('sum(returns_value)') }} as returns_value,
        {{ decimal('sum(refund_adjustments)') }} as refund_adjustments,
        {{ decimal('sum(marketing_spend)') }} as marketing_spend
    from store_days
    group by day
)

select * from final
