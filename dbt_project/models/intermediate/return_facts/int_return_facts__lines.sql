-- Every returned line that counts, up to the run's day, with what is known of the return, the sale,
-- the product and the customer. A return without lines has one row (has_line is false): it counts,
-- and so do its costs. `int_return_facts__cost_shares` shares a return's costs out over its lines.
with

returns as (
    select * from {{ ref('core__returns') }}
    where is_counted and return_date <= {{ as_of_date() }}
),

return_items as (
    select * from {{ ref('core__return_items') }}
),

orders as (
    select * from {{ ref('core__orders') }}
),

order_items as (
    select * from {{ ref('core__order_items') }}
),

products as (
    select * from {{ ref('int_return_facts__products') }}
),

customers as (
    select * from {{ ref('int_return_facts__customers') }}
),

cost_shares as (
    select * from {{ ref('int_return_facts__cost_shares') }}
),

final as (
    select
        returns.store_id,
        returns.return_id,
        return_items.return_item_id,
        cost_shares.line_number,
        returns.order_id,
        return_items.order_item_id,
        returns.customer_id,
        coalesce(return_items.sku, 'unknown') as sku,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        coalesce(products.supplier_id, 'unknown') as supplier_id,
        coalesce(customers.customer_segment, 'guest') as customer_segment,
        coalesce(orders.channel, 'unknown') as channel,
        coalesce(orders.traffic_source, 'unknown') as traffic_source,
        returns.return_status,
        returns.return_type,
        returns.origin,
        coalesce(return_items.return_reason_category, 'other') as return_reason_category,
        return_items.return_reason_detail,
        return_items.sub_reason,
        return_items.reason_text,
        return_items.condition_received,
        coalesce(return_items.quantity_returned, 0) as units,
        coalesce(return_items.resaleable_quantity, 0) as resaleable_units,
        {{ decimal('coalesce(return_items.refund_amount, 0)') }} as refund_amount,
        {{ decimal('coalesce(return_items.restocked_value, 0)') }} as restocked_value,
        {{ share_of_cost('returns.processing_cost') }} as processing_cost,
        {{ share_of_cost('returns.shipping_cost') }} as shipping_cost,
        {{ share_of_cost('returns.restocking_fee') }} as restocking_fee,
        {{ safe_divide('order_items.total_amount', 'order_items.quantity') }} as unit_price,
        order_items.unit_cost,
        {{ dbt.datediff('orders.order_day', 'returns.return_date', 'day') }}
            as days_since_purchase,
        {{ dbt.datediff('returns.return_date', 'returns.processed_date', 'day') }}
            as processing_days,
        return_items.return_item_id is not null as has_line,
        orders.order_day,
        returns.return_date,
        returns.approved_date,
        returns.received_date,
        returns.inspection_date,
        returns.processed_date,
        -- The day on which money went back to the customer, where it did.
        case
            when returns.return_status = 'completed' and returns.return_type = 'refund'
                then coalesce(returns.refund_date, returns.return_date)
        end as refund_day
    from cost_shares
    inner join returns
        on cost_shares.store_id = returns.store_id
        and cost_shares.return_id = returns.return_id
    left join return_items
        on cost_shares.store_id = return_items.store_id
        and cost_shares.return_item_id = return_items.return_item_id
    left join orders
        on returns.store_id = orders.store_id
        and returns.order_id = orders.order_id
        and orders.is_valid
    left join order_items
        on return_items.store_id = order_items.store_id
        and return_items.order_item_id = order_items.order_item_id
    left join products
        on return_items.store_id = products.store_id
        and return_items.sku = products.sku
    left join customers
        on returns.store_id = customers.store_id
        and returns.customer_id = customers.customer_id
)

select * from final
