-- What a Shopify shop's orders say that stock did. Goods leave with the order's first delivery that
-- was not called off: units ordered, less those still to ship and those removed before shipping.
-- They come back where and when they were put back on the shelf; a refund without such a record
-- puts back what it restocks. Items that the shop does not track move no stock; a product that was
-- deleted has no item any more, and counts where files tell of its stock.
with

fulfillments as (
    select * from {{ ref('stg_shopify__fulfillments') }}
    where coalesce(status, '') not in ('CANCELLED', 'ERROR', 'FAILURE')
),

lines as (
    select * from {{ ref('stg_shopify__order_lines') }}
    where not is_gift_card
),

refund_lines as (
    select * from {{ ref('stg_shopify__refund_lines') }}
),

refunds as (
    select * from {{ ref('stg_shopify__refunds') }}
),

dispositions as (
    select * from {{ ref('stg_shopify__return_dispositions') }}
),

locations as (
    select * from {{ ref('stg_shopify__locations') }}
),

stores as (
    select * from {{ ref('int_stock__told_by_files') }}
    where is_shopify
),

items as (
    select * from {{ ref('int_stock__items') }}
),

file_transactions as (
    select * from {{ ref('stg_files__inventory_transactions') }}
),

tracked_skus as (
    select
        store_id,
        sku
    from items
    where is_tracked
    union distinct
    select
        file_transactions.store_id,
        file_transactions.sku
    from file_transactions
    left join items
        on file_transactions.store_id = items.store_id
        and file_transactions.sku = items.sku
    where items.sku is null
),

removals as (
    select
        store_id,
        order_line_id,
        sum(quantity) as quantity
    from refund_lines
    where restock_type = 'CANCEL'
    group by store_id, order_line_id
),

ranked_fulfillments as (
    select
        *,
        row_number() over (
            partition by store_id, order_id order by created_at, {{ by_text('fulfillment_id') }}
        ) as fulfillment_rank
    from fulfillments
),

shipped as (
    select
        lines.store_id,
        {{ dbt.concat(["'sale-'", 'lines.order_line_id']) }} as transaction_id,
        lines.order_line_id,
        lines.order_id,
        {{ shopify_sku('lines.sku', 'lines.variant_id', 'lines.title') }} as sku,
        ranked_fulfillments.location_id,
        ranked_fulfillments.created_at as moved_at,
        lines.quantity - coalesce(lines.unfulfilled_quantity, 0) - coalesce(removals.quantity, 0)
            as quantity
    from lines
    inner join ranked_fulfillments
        on lines.store_id = ranked_fulfillments.store_id
        and lines.order_id = ranked_fulfillments.order_id
        and ranked_fulfillments.fulfillment_rank = 1
    left join removals
        on lines.store_id = removals.store_id
        and lines.order_line_id = removals.order_line_id
),

inspected as (
    select distinct
        store_id,
        return_id,
        order_line_id
    from dispositions
    where kind <> 'PROCESSING_REQUIRED'
),

put_back as (
    select
        store_id,
        {{ dbt.concat(["'return-'", 'return_disposition_id']) }} as transaction_id,
        order_line_id,
        return_id as reference_id,
        location_id,
        created_at as moved_at,
        quantity
    from dispositions
    where kind = 'RESTOCKED'
    union all
    select
        refund_lines.store_id,
        {{ dbt.concat([
            "'return-'", 'refund_lines.refund_id', "'-'", 'refund_lines.order_line_id', "'-'",
            'cast(refund_lines.position as ' ~ dbt.type_string() ~ ')',
        ]) }} as transaction_id,
        refund_lines.order_line_id,
        refund_lines.refund_id as reference_id,
        refund_lines.location_id,
        refunds.processed_at as moved_at,
        refund_lines.quantity
    from refund_lines
    inner join refunds
        on refund_lines.store_id = refunds.store_id
        and refund_lines.refund_id = refunds.refund_id
    left join inspected
        on refund_lines.store_id = inspected.store_id
        and refunds.return_id = inspected.return_id
        and refund_lines.order_line_id = inspected.order_line_id
    where
        refund_lines.restock_type in ('RETURN', 'LEGACY_RESTOCK')
        and inspected.return_id is null
),

moved as (
    select
        shipped.store_id,
        shipped.transaction_id,
        shipped.sku,
        shipped.location_id,
        'sale' as transaction_type,
        -shipped.quantity as quantity,
        shipped.order_id as reference_id,
        shipped.moved_at,
        'fulfillment' as origin
    from shipped
    inner join stores on shipped.store_id = stores.store_id and not stores.has_sales
    where shipped.quantity > 0
    union all
    select
        put_back.store_id,
        put_back.transaction_id,
        {{ shopify_sku('lines.sku', 'lines.variant_id', 'lines.title') }} as sku,
        coalesce(put_back.location_id, shipped.location_id) as location_id,
        'return' as transaction_type,
        put_back.quantity,
        put_back.reference_id,
        put_back.moved_at,
        'return' as origin
    from put_back
    inner join stores on put_back.store_id = stores.store_id and not stores.has_returns
    inner join lines
        on put_back.store_id = lines.store_id
        and put_back.order_line_id = lines.order_line_id
    left join shipped
        on put_back.store_id = shipped.store_id
        and put_back.order_line_id = shipped.order_line_id
),

final as (
    select
        moved.store_id,
        moved.transaction_id,
        moved.sku,
        coalesce(locations.location_name, moved.location_id, 'main') as warehouse_location,
        moved.transaction_type,
        moved.quantity,
        cast(null as {{ dbt.type_numeric() }}) as unit_cost,
        moved.reference_id,
        moved.moved_at as transaction_date,
        {{ shop_date('moved.moved_at', 'stores.time_zone') }} as transaction_day,
        moved.origin
    from moved
    inner join stores on moved.store_id = stores.store_id
    inner join tracked_skus
        on moved.store_id = tracked_skus.store_id
        and moved.sku = tracked_skus.sku
    left join locations
        on moved.store_id = locations.store_id
        and moved.location_id = locations.location_id
)

select * from final
