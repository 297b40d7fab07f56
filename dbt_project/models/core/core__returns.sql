-- One row a return, its lines summed up; one without lines keeps the total that it was given.
with

headers as (
    select * from {{ ref('int_returns__headers') }}
),

return_items as (
    select * from {{ ref('core__return_items') }}
),

line_sums as (
    select
        store_id,
        return_id,
        count(*) as line_count,
        sum(quantity_returned) as quantity_returned,
        sum(refund_amount) as refund_amount,
        sum(original_refund_amount) as original_refund_amount
    from return_items
    group by store_id, return_id
),

final as (
    select
        headers.store_id,
        headers.return_id,
        headers.order_id,
        headers.customer_id,
        headers.return_status,
        headers.return_type,
        headers.origin,
        headers.rejection_reason,
        headers.inspection_notes,
        {{ count_of('coalesce(line_sums.line_count, 0)') }} as line_count,
        {{ count_of('coalesce(line_sums.quantity_returned, 0)') }} as quantity_returned,
        {{ decimal('coalesce(line_sums.refund_amount, headers.refund_amount, 0)') }}
            as total_refund_amount,
        headers.processing_cost,
        headers.restocking_fee,
        headers.return_shipping_fee,
        headers.shipping_cost,
        headers.currency,
        {{ decimal(
            'coalesce(line_sums.original_refund_amount, headers.original_refund_amount, 0)'
        ) }} as original_total_refund_amount,
        headers.days_from_purchase,
        headers.is_counted,
        headers.requested_at,
        headers.return_date,
        headers.approved_date,
        headers.received_date,
        headers.inspection_date,
        headers.refund_date,
        headers.exchange_processed_date,
        headers.processed_date
    from headers
    left join line_sums
        on headers.store_id = line_sums.store_id
        and headers.return_id = line_sums.return_id
)

select * from final
