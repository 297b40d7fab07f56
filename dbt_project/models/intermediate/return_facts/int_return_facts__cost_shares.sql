-- From where to where each line reaches when a return's costs are laid along its lines: by refund,
-- by quantity where nothing was refunded, evenly where nothing was returned. The last line ends at
-- one, so that the shares of a cost add up to it exactly. A return without lines is one whole row.
with

returns as (
    select * from {{ ref('core__returns') }}
    where is_counted and return_date <= {{ as_of_date() }}
),

return_items as (
    select * from {{ ref('core__return_items') }}
),

numbered as (
    select
        returns.store_id,
        returns.return_id,
        return_items.return_item_id,
        return_items.refund_amount,
        return_items.quantity_returned,
        row_number() over (
            partition by returns.store_id, returns.return_id
            order by {{ by_text('return_items.return_item_id') }}
        ) as line_number
    from returns
    left join return_items
        on returns.store_id = return_items.store_id
        and returns.return_id = return_items.return_id
),

summed as (
    select
        *,
        sum(refund_amount) over whole_return as refund_of_return,
        sum(quantity_returned) over whole_return as units_of_return,
        count(*) over whole_return as lines_of_return,
        sum(refund_amount) over to_line as refund_to_line,
        sum(quantity_returned) over to_line as units_to_line
    from numbered
    window
        whole_return as (partition by store_id, return_id),
        to_line as (
            partition by store_id, return_id
            order by line_number
            rows between unbounded preceding and current row
        )
),

reached as (
    select
        store_id,
        return_id,
        return_item_id,
        line_number,
        coalesce(
            {{ safe_divide('refund_to_line', 'refund_of_return') }},
            {{ safe_divide('units_to_line', 'units_of_return') }},
            {{ safe_divide('line_number', 'lines_of_return') }}
        ) as share_to
    from summed
),

final as (
    select
        store_id,
        return_id,
        return_item_id,
        line_number,
        cast(
            coalesce(
                lag(share_to) over (partition by store_id, return_id order by line_number), 0
            ) as {{ type_ratio() }}
        ) as share_from,
        share_to
    from reached
)

select * from final
