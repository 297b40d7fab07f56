-- What was refunded for each return of a Shopify shop: a Shopify return, or the refund itself where
-- no return stands behind it.
with

refund_lines as (
    select * from {{ ref('int_returns__refund_lines') }}
),

store_credits as (
    select * from {{ ref('int_returns__store_credits') }}
),

final as (
    select
        refund_lines.store_id,
        refund_lines.return_id,
        refund_lines.shopify_return_id,
        refund_lines.order_id,
        {{ decimal('sum(refund_lines.original_amount)') }} as original_amount,
        min(case when store_credits.order_id is null then 0 else 1 end) = 1 as is_store_credit,
        min(refund_lines.processed_at) as first_refunded_at,
        max(refund_lines.refund_day) as refund_date
    from refund_lines
    left join store_credits
        on refund_lines.store_id = store_credits.store_id
        and refund_lines.order_id = store_credits.order_id
        and refund_lines.refund_day = store_credits.refund_day
    group by
        refund_lines.store_id,
        refund_lines.return_id,
        refund_lines.shopify_return_id,
        refund_lines.order_id
)

select * from final
