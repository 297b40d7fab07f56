-- The first day on which a snapshot of a Shopify shop shows stock of a SKU: when it was received,
-- as far as anybody knows, where no movement tells.
with

states as (
    select * from {{ ref('int_stock__states') }}
    where is_snapshot and is_tracked and quantity_on_hand > 0
),

final as (
    select
        store_id,
        sku,
        min(stated_day) as first_seen_date
    from states
    group by store_id, sku
)

select * from final
