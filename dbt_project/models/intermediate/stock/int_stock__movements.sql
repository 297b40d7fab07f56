-- What came and went of a SKU at a location on each day up to the run, by kind and signed by its
-- effect. SKUs that a Shopify shop does not track are left out.
with

transactions as (
    select * from {{ ref('core__inventory_transactions') }}
    where transaction_day <= {{ as_of_date() }}
),

untracked_skus as (
    select distinct store_id, sku from {{ ref('int_stock__items') }}
    where not is_tracked
),

final as (
    select
        transactions.store_id,
        transactions.sku,
        transactions.warehouse_location,
        transactions.transaction_day as day,
        {{ count_of(
            "sum(case when transactions.transaction_type = 'purchase' "
            ~ "then transactions.quantity else 0 end)"
        ) }} as received,
        {{ count_of(
            "sum(case when transactions.transaction_type = 'sale' "
            ~ "then transactions.quantity else 0 end)"
        ) }} as sold,
        {{ count_of(
            "sum(case when transactions.transaction_type = 'return' "
            ~ "then transactions.quantity else 0 end)"
        ) }} as returned,
        {{ count_of(
            "sum(case when transactions.transaction_type = 'transfer' "
            ~ "then transactions.quantity else 0 end)"
        ) }} as transferred,
        {{ count_of(
            "sum(case when transactions.transaction_type = 'adjustment' "
            ~ "then transactions.quantity else 0 end)"
        ) }} as adjusted,
        {{ count_of('sum(transactions.quantity)') }} as moved,
        count(*) as transaction_count,
        max(transactions.transaction_date) as last_moved_at
    from transactions
    left join untracked_skus
        on transactions.store_id = untracked_skus.store_id
        and transactions.sku = untracked_skus.sku
    where untracked_skus.sku is null
    group by
        transactions.store_id,
        transactions.sku,
        transactions.warehouse_location,
        transactions.transaction_day
)

select * from final
