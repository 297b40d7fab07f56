-- Return lines of the files. A line without a refund takes its share of the return's total, by
-- quantity returned x net unit price of the order line. Lines of a Shopify return add none.
with

headers as (
    select * from {{ ref('int_returns__headers_from_files') }}
),

return_items as (
    select * from {{ ref('stg_files__return_items') }}
),

order_items as (
    select * from {{ ref('stg_files__order_items') }}
),

products as (
    select * from {{ ref('stg_files__products') }}
),

priced_items as (
    select
        *,
        quantity * unit_price - coalesce(discount_amount, 0) as net_amount
    from order_items
),

-- A return line that does not name its order line is priced by the order's lines of its SKU.
priced_skus as (
    select
        store_id,
        order_id,
        sku,
        sum(quantity) as quantity,
        sum(net_amount) as net_amount
    from priced_items
    group by store_id, order_id, sku
),

joined as (
    select
        return_items.*,
        headers.order_id,
        headers.customer_id,
        headers.return_date,
        headers.currency,
        headers.reporting_currency,
        headers.original_refund_amount as total_refund_amount,
        return_items.quantity_returned * coalesce(
            priced_items.net_amount / nullif(priced_items.quantity, 0),
            priced_skus.net_amount / nullif(priced_skus.quantity, 0),
            products.current_price,
            0
        ) as line_value
    from return_items
    inner join headers
        on return_items.store_id = headers.store_id
        and return_items.return_id = headers.return_id
    left join priced_items
        on return_items.store_id = priced_items.store_id
        and return_items.order_item_id = priced_items.order_item_id
    left join priced_skus
        on headers.store_id = priced_skus.store_id
        and headers.order_id = priced_skus.order_id
        and return_items.sku = priced_skus.sku
    left join products
        on return_items.store_id = products.store_id
        and return_items.sku = products.sku
),

totals as (
    select
        *,
        total_refund_amount - coalesce(sum(refund_amount) over whole_return, 0) as left_to_share,
        sum(case when refund_amount is null then line_value else 0 end) over whole_return
            as value_to_share,
        sum(case when refund_amount is null then quantity_returned else 0 end) over whole_return
            as quantity_to_share
    from joined
    window whole_return as (partition by store_id, return_id)
),

shared as (
    select
        *,
        coalesce(
            refund_amount,
            {{ safe_divide('left_to_share * line_value', 'value_to_share') }},
            {{ safe_divide('left_to_share * quantity_returned', 'quantity_to_share') }},
            0
        ) as original_refund_amount
    from totals
),

final as (
    select
        shared.store_id,
        shared.return_id,
        shared.return_item_id,
        shared.order_item_id,
        shared.sku,
        shared.quantity_returned,
        shared.return_reason_category as reason,
        shared.return_reason_detail as detail,
        shared.return_reason_detail as reason_text,
        shared.condition_received,
        case when shared.resaleable then shared.quantity_returned else 0 end
            as resaleable_quantity,
        {{ decimal(
            'shared.restocked_value * '
            ~ rate_to_reporting('shared.currency', 'shared.reporting_currency')
        ) }} as restocked_value,
        {{ decimal(
            'shared.original_refund_amount * '
            ~ rate_to_reporting('shared.currency', 'shared.reporting_currency')
        ) }} as refund_amount,
        {{ decimal('shared.original_refund_amount') }} as original_refund_amount,
        shared.resaleable,
        shared.order_id,
        shared.customer_id,
        shared.return_date
    from shared
    {{ rate_join('shared.currency', 'shared.reporting_currency', 'shared.return_date') }}
)

select * from final
