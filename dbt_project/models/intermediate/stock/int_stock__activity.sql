-- The days on which something is known of a SKU at a location: a transaction or a state.
with

levels as (
    select * from {{ ref('int_stock__levels') }}
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        day,
        transaction_count,
        state_count
    from levels
    where transaction_count > 0 or state_count > 0
)

select * from final
