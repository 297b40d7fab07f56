-- Lines as sold: units removed before they shipped (refund lines restocked as CANCEL) leave the
-- line and take their share of its discount along. Tax that the price includes is taken out.
with

lines as (
    select * from {{ ref('stg_shopify__order_lines') }}
),

orders as (
    select * from {{ ref('core__orders') }}
),

discounts as (
    select
        store_id,
        order_line_id,
        sum(allocated_amount) as discount_amount
    from {{ ref('stg_shopify__order_line_discounts') }}
    group by store_id, order_line_id
),

tax_including_orders as (
    select * from {{ ref('core__orders') }}
    where taxes_included
),

line_taxes as (
    select * from {{ ref('stg_shopify__order_line_taxes') }}
),

-- Where taxes come on top nothing is to be taken out, and there is no need to add them up.
included_taxes as (
    select
        line_taxes.store_id,
        line_taxes.order_line_id,
        sum(line_taxes.tax_amount) as tax_amount
    from line_taxes
    inner join tax_including_orders
        on line_taxes.store_id = tax_including_orders.store_id
        and line_taxes.order_id = tax_including_orders.order_id
    group by line_taxes.store_id, line_taxes.order_line_id
),

removals as (
    select
        store_id,
        order_line_id,
        sum(quantity) as quantity,
        sum(subtotal_amount) as subtotal_amount,
        sum(tax_amount) as tax_amount
    from {{ ref('stg_shopify__refund_lines') }}
    where restock_type = 'CANCEL'
    group by store_id, order_line_id
),

kept as (
    select
        lines.*,
        orders.taxes_included,
        orders.order_status,
        lines.quantity - coalesce(removals.quantity, 0) as kept_quantity,
        lines.quantity * lines.original_unit_price_amount
        - coalesce(discounts.discount_amount, 0)
        - coalesce(removals.subtotal_amount, 0) as kept_amount,
        case
            when orders.taxes_included
                then coalesce(included_taxes.tax_amount, 0) - coalesce(removals.tax_amount, 0)
            else 0
        end as included_tax
    from lines
    inner join orders
        on lines.store_id = orders.store_id
        and lines.order_id = orders.order_id
    left join discounts
        on lines.store_id = discounts.store_id
        and lines.order_line_id = discounts.order_line_id
    left join included_taxes
        on lines.store_id = included_taxes.store_id
        and lines.order_line_id = included_taxes.order_line_id
    left join removals
        on lines.store_id = removals.store_id
        and lines.order_line_id = removals.order_line_id
        and orders.order_status <> 'cancelled'
),

priced as (
    select
        *,
        kept_amount - included_tax as net_amount,
        {{ decimal(
            'original_unit_price_amount * case '
            ~ 'when kept_amount = 0 or included_tax = 0 then 1 '
            ~ 'else 1 - included_tax / kept_amount end'
        ) }} as net_unit_price
    from kept
),

final as (
    select
        store_id,
        order_line_id as order_item_id,
        order_id,
        {{ shopify_sku('sku', 'variant_id', 'title') }} as sku,
        title as product_name,
        cast(kept_quantity as {{ dbt.type_bigint() }}) as quantity,
        net_unit_price as unit_price,
        cast(null as {{ dbt.type_numeric() }}) as unit_cost,
        {{ decimal('kept_quantity * net_unit_price - net_amount') }} as discount_amount,
        {{ decimal('net_amount') }} as total_amount,
        is_gift_card
    from priced
    where kept_quantity <> 0
)

select * from final
