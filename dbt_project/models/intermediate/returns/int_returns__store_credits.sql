-- Orders and days on which all that was refunded became store credit.
with

transactions as (
    select * from {{ ref('stg_shopify__order_transactions') }}
    where kind = 'REFUND' and status = 'SUCCESS'
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

dated as (
    select
        transactions.store_id,
        transactions.order_id,
        {{ shop_date('transactions.processed_at', 'stores.time_zone') }} as refund_day,
        case when transactions.gateway like '%store_credit%' then 1 else 0 end as is_store_credit
    from transactions
    inner join stores on transactions.store_id = stores.store_id
),

final as (
    select
        store_id,
        order_id,
        refund_day
    from dated
    group by store_id, order_id, refund_day
    having min(is_store_credit) = 1
)

select * from final
