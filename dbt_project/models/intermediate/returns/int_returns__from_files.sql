-- Return lines of the files. A line without a refund takes its share of the return's total, by
-- quantity returned x net unit price of the order line.
with

return_items as (
    select * from {{ ref('stg_files__return_items') }}
),

returns as (
    select * from {{ ref('stg_files__returns') }}
),

orders as (
    select * from {{ ref('core__orders') }}
),

order_items as (
    select * from {{ ref('stg_files__order_items') }}
),

products as (
    select * from {{ ref('stg_files__products') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

joined as (
    select
        return_items.store_id,
        return_items.return_id,
        return_items.return_item_id,
        returns.order_id,
        coalesce(returns.customer_id, orders.customer_id) as customer_id,
        return_items.order_item_id,
        return_items.sku,
        returns.return_date,
        coalesce(returns.return_status, 'completed') as return_status,
        coalesce(returns.return_type, 'refund') as return_type,
        return_items.quantity_returned,
        return_items.refund_amount,
        returns.total_refund_amount,
        return_items.resaleable,
        return_items.quantity_returned * coalesce(
            (
                order_items.quantity * order_items.unit_price
                - coalesce(order_items.discount_amount, 0)
            ) / nullif(order_items.quantity, 0),
            products.current_price,
            0
        ) as return_line_value,
        coalesce(orders.currency, stores.currency) as currency,
        stores.reporting_currency
    from return_items
    inner join returns
        on return_items.store_id = returns.store_id
        and return_items.return_id = returns.return_id
    inner join stores on return_items.store_id = stores.store_id
    left join orders
        on returns.store_id = orders.store_id
        and returns.order_id = orders.order_id
    left join order_items
        on return_items.store_id = order_items.store_id
        and return_items.order_item_id = order_items.order_item_id
    left join products
        on return_items.store_id = products.store_id
        and return_items.sku = products.sku
),

totals as (
    select
        *,
        total_refund_amount - coalesce(sum(refund_amount) over whole_return, 0) as left_to_share,
        sum(case when refund_amount is null then return_line_value else 0 end) over whole_return
            as value_to_share,
        sum(case when refund_amount is null then quantity_returned else 0 end) over whole_return
            as quantity_to_share
    from joined
    window whole_return as (partition by store_id, return_id)
),

final as (
    select
        store_id,
        return_id,
        return_item_id,
        order_id,
        customer_id,
        order_item_id,
        sku,
        return_date,
        return_status,
        return_type,
        quantity_returned,
        coalesce(
            refund_amount,
            {{ safe_divide('left_to_share * return_line_value', 'value_to_share') }},
            {{ safe_divide('left_to_share * quantity_returned', 'quantity_to_share') }},
            0
        ) as refund_amount,
        resaleable,
        currency,
        reporting_currency
    from totals
)

select * from final
