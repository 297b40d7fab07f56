-- What each store's lines cost at list price day by day, what they would have cost at the usual
-- price of their SKUs (the mean of all that was sold), and what was taken off.
with

lines as (
    select
        *,
        quantity * unit_price as list_amount
    from {{ ref('core__order_items') }}
    where is_valid and not is_gift_card and quantity > 0 and order_day <= {{ as_of_date() }}
),

usual_prices as (
    select
        store_id,
        sku,
        {{ safe_divide('sum(list_amount)', 'sum(quantity)') }} as usual_price
    from lines
    group by store_id, sku
),

final as (
    select
        lines.store_id,
        lines.order_day as day,
        {{ decimal('sum(lines.list_amount)') }} as list_amount,
        {{ decimal('sum(lines.quantity * usual_prices.usual_price)') }} as usual_amount,
        {{ decimal('sum(lines.discount_amount)') }} as discount_amount
    from lines
    inner join usual_prices
        on lines.store_id = usual_prices.store_id
        and lines.sku = usual_prices.sku
    group by lines.store_id, lines.order_day
)

select * from final
