-- Lines of refunds that take goods back, up to the run's day, in the reporting currency at the rate
-- of the refund's day. Units restocked as CANCEL never left the shop, and what a cancelled, test or
-- deleted order gives back was never sold: neither is a return. `return_id` is the Shopify return
-- that the refund belongs to, else the refund itself.
with

refunds as (
    select * from {{ ref('stg_shopify__refunds') }}
),

refund_lines as (
    select * from {{ ref('stg_shopify__refund_lines') }}
    where restock_type <> 'CANCEL'
),

returns as (
    select * from {{ ref('stg_shopify__returns') }}
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

dated as (
    select
        refund_lines.store_id,
        refund_lines.refund_id,
        {{ dbt.concat([
            'refund_lines.refund_id', "'-'", 'refund_lines.order_line_id', "'-'",
            'cast(refund_lines.position as ' ~ dbt.type_string() ~ ')',
        ]) }} as refund_line_id,
        returns.return_id as shopify_return_id,
        coalesce(returns.return_id, {{ dbt.concat(["'refund-'", 'refunds.refund_id']) }})
            as return_id,
        refund_lines.order_id,
        refund_lines.order_line_id as order_item_id,
        {{ shopify_sku('lines.sku', 'lines.variant_id', 'lines.title') }} as sku,
        refunds.processed_at,
        {{ shop_date('refunds.processed_at', 'stores.time_zone') }} as refund_day,
        refunds.note,
        refund_lines.quantity,
        case
            when orders.taxes_included then refund_lines.subtotal_amount - refund_lines.tax_amount
            else refund_lines.subtotal_amount
        end as original_amount,
        refund_lines.restock_type = 'RETURN' as is_restocked,
        orders.currency,
        stores.reporting_currency
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
    left join returns
        on refunds.store_id = returns.store_id
        and refunds.return_id = returns.return_id
    where not lines.is_gift_card
),

final as (
    select
        dated.*,
        {{ decimal(
            'dated.original_amount * '
            ~ rate_to_reporting('dated.currency', 'dated.reporting_currency')
        ) }} as amount
    from dated
    {{ rate_join('dated.currency', 'dated.reporting_currency', 'dated.refund_day') }}
    where dated.refund_day <= {{ as_of_date() }}
)

select * from final
