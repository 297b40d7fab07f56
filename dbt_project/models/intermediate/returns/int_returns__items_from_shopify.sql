-- Lines of Shopify returns with what was refunded and restocked for them, and refunded lines that
-- no return line covers. Lines of one return that share an order line share its refund by
-- quantity; what was restocked of it goes to the first of them.
with

headers as (
    select * from {{ ref('int_returns__headers_from_shopify') }}
),

return_lines as (
    select * from {{ ref('stg_shopify__return_lines') }}
),

order_lines as (
    select * from {{ ref('stg_shopify__order_lines') }}
),

refund_lines as (
    select * from {{ ref('int_returns__refund_lines') }}
),

dispositions as (
    select * from {{ ref('stg_shopify__return_dispositions') }}
),

refunded as (
    select
        store_id,
        return_id,
        order_item_id,
        sum(amount) as amount,
        sum(original_amount) as original_amount,
        sum(case when is_restocked then quantity else 0 end) as restocked_quantity
    from refund_lines
    group by store_id, return_id, order_item_id
),

disposed as (
    select
        store_id,
        return_id,
        order_line_id,
        sum(case when kind = 'RESTOCKED' then quantity else 0 end) as restocked_quantity
    from dispositions
    group by store_id, return_id, order_line_id
),

joined as (
    select
        return_lines.store_id,
        return_lines.return_id,
        return_lines.return_line_id as return_item_id,
        return_lines.order_line_id as order_item_id,
        {{ shopify_sku('order_lines.sku', 'order_lines.variant_id', 'order_lines.title') }}
            as line_sku,
        return_lines.quantity as quantity_returned,
        -- Reasons that tell nothing leave the word to the customer.
        nullif(nullif({{ reason_key('return_lines.reason_handle') }}, 'other'), 'unknown')
            as reason,
        return_lines.reason_name as detail,
        coalesce(return_lines.customer_note, return_lines.reason_note) as reason_text,
        refunded.amount,
        refunded.original_amount,
        coalesce(disposed.restocked_quantity, refunded.restocked_quantity, 0)
            as restocked_quantity,
        sum(return_lines.quantity) over same_line as line_quantity,
        sum(return_lines.quantity) over (
            partition by
                return_lines.store_id, return_lines.return_id, return_lines.order_line_id
            order by {{ by_text('return_lines.return_line_id') }}
            rows between unbounded preceding and current row
        ) - return_lines.quantity as quantity_before
    from return_lines
    left join order_lines
        on return_lines.store_id = order_lines.store_id
        and return_lines.order_line_id = order_lines.order_line_id
    left join refunded
        on return_lines.store_id = refunded.store_id
        and return_lines.return_id = refunded.return_id
        and return_lines.order_line_id = refunded.order_item_id
    left join disposed
        on return_lines.store_id = disposed.store_id
        and return_lines.return_id = disposed.return_id
        and return_lines.order_line_id = disposed.order_line_id
    where not coalesce(order_lines.is_gift_card, false)
    window same_line as (
        partition by return_lines.store_id, return_lines.return_id, return_lines.order_line_id
    )
),

covered as (
    select
        store_id,
        return_id,
        return_item_id,
        order_item_id,
        case when order_item_id is not null then line_sku end as sku,
        quantity_returned,
        reason,
        detail,
        reason_text,
        greatest(least(restocked_quantity - quantity_before, quantity_returned), 0)
            as resaleable_quantity,
        coalesce({{ safe_divide('amount * quantity_returned', 'line_quantity') }}, 0)
            as refund_amount,
        coalesce({{ safe_divide('original_amount * quantity_returned', 'line_quantity') }}, 0)
            as original_refund_amount
    from joined
),

uncovered as (
    select
        refund_lines.store_id,
        refund_lines.return_id,
        refund_lines.refund_line_id as return_item_id,
        refund_lines.order_item_id,
        refund_lines.sku,
        refund_lines.quantity as quantity_returned,
        cast(null as {{ dbt.type_string() }}) as reason,
        cast(null as {{ dbt.type_string() }}) as detail,
        refund_lines.note as reason_text,
        case when refund_lines.is_restocked then refund_lines.quantity else 0 end
            as resaleable_quantity,
        refund_lines.amount as refund_amount,
        refund_lines.original_amount as original_refund_amount
    from refund_lines
    left join return_lines
        on refund_lines.store_id = return_lines.store_id
        and refund_lines.return_id = return_lines.return_id
        and refund_lines.order_item_id = return_lines.order_line_id
    where return_lines.return_line_id is null
),

unioned as (
    select * from covered
    union all
    select * from uncovered
),

final as (
    select
        unioned.store_id,
        unioned.return_id,
        unioned.return_item_id,
        unioned.order_item_id,
        unioned.sku,
        unioned.quantity_returned,
        unioned.reason,
        unioned.detail,
        unioned.reason_text,
        unioned.resaleable_quantity,
        {{ decimal('unioned.refund_amount') }} as refund_amount,
        {{ decimal('unioned.original_refund_amount') }} as original_refund_amount,
        headers.order_id,
        headers.customer_id,
        headers.return_date
    from unioned
    inner join headers
        on unioned.store_id = headers.store_id
        and unioned.return_id = headers.return_id
)

select * from final
