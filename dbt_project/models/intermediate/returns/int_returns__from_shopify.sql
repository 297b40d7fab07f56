-- A refund that takes goods back is a return. Units restocked as CANCEL never left the shop, and
-- what a cancelled, test or deleted order gives back was never sold: neither is a return.
with

refunds as (
    select * from {{ ref('stg_shopify__refunds') }}
),

refund_lines as (
    select * from {{ ref('stg_shopify__refund_lines') }}
    where restock_type <> 'CANCEL'
),

lines as (
    select * from {{ ref('stg_shopify__order_lines') }}
),

orders as (
    select * from {{ ref('core__orders') }}
    where is_valid
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select
        refund_lines.store_id,
        refund_lines.refund_id as return_id,
        {{ dbt.concat([
            'refund_lines.refund_id', "'-'", 'refund_lines.order_line_id', "'-'",
            'cast(refund_lines.position as ' ~ dbt.type_string() ~ ')',
        ]) }} as return_item_id,
        refund_lines.order_id,
        orders.customer_id,
        refund_lines.order_line_id as order_item_id,
        {{ shopify_sku('lines.sku', 'lines.variant_id', 'lines.title') }} as sku,
        {{ shop_date('refunds.processed_at', 'stores.time_zone') }} as return_date,
        refund_lines.quantity as quantity_returned,
        case
            when orders.taxes_included then refund_lines.subtotal_amount - refund_lines.tax_amount
            else refund_lines.subtotal_amount
        end as refund_amount,
        refund_lines.restock_type = 'RETURN' as resaleable,
        orders.currency,
        stores.reporting_currency,
        refunds.processed_at as created_at
    from refund_lines
    inner join refunds
        on refund_lines.store_id = refunds.store_id
        and refund_lines.refund_id = refunds.refund_id
    inner join orders
        on refund_lines.store_id = orders.store_id
        and refund_lines.order_id = orders.order_id
    inner join stores on refund_lines.store_id = stores.store_id
    inner join lines
        on refund_lines.store_id = lines.store_id
        and refund_lines.order_line_id = lines.order_line_id
    where not lines.is_gift_card
)

select * from final
