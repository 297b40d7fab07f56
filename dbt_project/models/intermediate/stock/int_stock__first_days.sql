-- The first day on which anything is known of each store's stock. It looks at what was told rather
-- than at the finished ledger, so that calendar and stores need not wait for that; sales that move
-- stock are left out, since the order's own day is known as well.
with

states as (
    select * from {{ ref('int_stock__states') }}
    where is_tracked and not is_ahead
),

from_files as (
    select * from {{ ref('int_stock__movements_from_files') }}
),

from_shopify as (
    select * from {{ ref('int_stock__movements_from_shopify') }}
),

return_headers as (
    select * from {{ ref('int_returns__headers') }}
    where is_counted
),

return_items as (
    select * from {{ ref('int_returns__items_from_files') }}
    where resaleable and sku is not null
),

stores as (
    select * from {{ ref('int_stock__told_by_files') }}
    where not is_shopify and not has_returns
),

untracked_skus as (
    select distinct store_id, sku from {{ ref('int_stock__items') }}
    where not is_tracked
),

moved as (
    select store_id, sku, transaction_day as day from from_files
    union all
    select store_id, sku, transaction_day as day from from_shopify
),

returned as (
    select
        return_items.store_id,
        return_headers.return_date as day
    from return_items
    inner join return_headers
        on return_items.store_id = return_headers.store_id
        and return_items.return_id = return_headers.return_id
    inner join stores on return_items.store_id = stores.store_id
),

days as (
    select store_id, stated_day as day from states
    union all
    select store_id, day from returned
    union all
    select
        moved.store_id,
        moved.day
    from moved
    left join untracked_skus
        on moved.store_id = untracked_skus.store_id
        and moved.sku = untracked_skus.sku
    where untracked_skus.sku is null
),

final as (
    select
        store_id,
        min(day) as first_day
    from days
    where day <= {{ as_of_date() }}
    group by store_id
)

select * from final
