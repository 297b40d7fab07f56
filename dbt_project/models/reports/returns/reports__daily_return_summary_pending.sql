-- The returns that wait for something, the oldest first.
with

pending as (
    select * from {{ ref('core__returns') }}
    where
        is_counted
        and return_date <= {{ as_of_date() }}
        and (
            return_status in ('pending', 'approved')
            or coalesce(processed_date > {{ as_of_date() }}, false)
        )
),

return_items as (
    select * from {{ ref('core__return_items') }}
),

order_items as (
    select * from {{ ref('core__order_items') }}
),

sold as (
    select
        return_items.store_id,
        return_items.return_id,
        sum({{ safe_divide(
            'order_items.total_amount * return_items.quantity_returned', 'order_items.quantity'
        ) }}) as sold_amount
    from return_items
    inner join order_items
        on return_items.store_id = order_items.store_id
        and return_items.order_item_id = order_items.order_item_id
    group by return_items.store_id, return_items.return_id
),

named as (
    select
        pending.*,
        sold.sold_amount,
        case
            when pending.return_status = 'pending' then 'approval'
            when coalesce(pending.received_date > {{ as_of_date() }}, true) then 'goods'
            when coalesce(pending.inspection_date > {{ as_of_date() }}, true) then 'inspection'
            else 'refund'
        end as waits_for
    from pending
    left join sold
        on pending.store_id = sold.store_id
        and pending.return_id = sold.return_id
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by return_date, {{ by_text('return_id') }}
        ) as age_rank,
        return_id,
        order_id,
        customer_id,
        return_status,
        return_type,
        waits_for,
        return_date,
        {{ count_of(dbt.datediff('return_date', as_of_date(), 'day')) }} as days_pending,
        quantity_returned,
        {{ rounded('sold_amount') }} as sold_amount
    from named
)

select * from final
