-- Every returned line, whatever its source, with the words in which its reason was given. A Shopify
-- line's condition is what a file says of the return's lines of that SKU; its restocked goods are
-- worth the cost in force on the return's day, else what the sold line cost.
with

shopify as (
    select * from {{ ref('int_returns__items_from_shopify') }}
),

files as (
    select * from {{ ref('int_returns__items_from_files') }}
),

file_items as (
    select * from {{ ref('stg_files__return_items') }}
),

order_items as (
    select * from {{ ref('core__order_items') }}
),

cost_history as (
    select * from {{ ref('core__cost_history') }}
),

conditions as (
    select
        store_id,
        return_id,
        sku,
        max(condition_received) as condition_received
    from file_items
    group by store_id, return_id, sku
),

valued as (
    select
        shopify.store_id,
        shopify.return_id,
        shopify.return_item_id,
        shopify.order_item_id,
        shopify.sku,
        shopify.quantity_returned,
        shopify.reason,
        shopify.detail,
        shopify.reason_text,
        conditions.condition_received,
        shopify.resaleable_quantity,
        {{ decimal(
            'case when shopify.resaleable_quantity = 0 then 0 else shopify.resaleable_quantity '
            ~ '* coalesce(cost_history.unit_cost, order_items.unit_cost) end'
        ) }} as restocked_value,
        shopify.refund_amount,
        shopify.original_refund_amount,
        shopify.resaleable_quantity > 0 as resaleable
    from shopify
    left join conditions
        on shopify.store_id = conditions.store_id
        and shopify.return_id = conditions.return_id
        and shopify.sku = conditions.sku
    left join order_items
        on shopify.store_id = order_items.store_id
        and shopify.order_item_id = order_items.order_item_id
    left join cost_history
        on shopify.store_id = cost_history.store_id
        and shopify.sku = cost_history.sku
        and shopify.return_date between cost_history.valid_from and cost_history.valid_to
),

final as (
    select
        *,
        'shopify' as source
    from valued
    union all
    select
        store_id,
        return_id,
        return_item_id,
        order_item_id,
        sku,
        quantity_returned,
        reason,
        detail,
        reason_text,
        condition_received,
        resaleable_quantity,
        restocked_value,
        refund_amount,
        original_refund_amount,
        resaleable,
        'file' as source
    from files
)

select * from final
