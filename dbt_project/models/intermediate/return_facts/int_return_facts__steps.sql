-- How far each return has come by the run's day, refused ones too: the days on which it took a
-- step, and the step at which it stands. A refund without a return is done at once. What lies
-- behind a later step is done, though nobody may say when.
with

returns as (
    select * from {{ ref('core__returns') }}
    where return_date <= {{ as_of_date() }}
),

reached as (
    select
        *,
        return_status = 'rejected' as is_rejected,
        return_status = 'completed' as is_completed,
        coalesce(inspection_date <= {{ as_of_date() }}, false) as is_inspected,
        coalesce(received_date <= {{ as_of_date() }}, false)
        or coalesce(inspection_date <= {{ as_of_date() }}, false) as is_received
    from returns
),

final as (
    select
        store_id,
        return_id,
        return_type,
        return_status,
        return_date,
        is_completed or is_received or return_status = 'approved' as is_approved,
        is_rejected,
        is_received,
        is_inspected,
        is_completed,
        case
            when is_rejected then 'rejected'
            when is_completed then 'completed'
            when is_inspected then 'inspected'
            when is_received then 'received'
            when return_status = 'approved' then 'approved'
            else 'requested'
        end as current_step,
        {{ dbt.datediff('return_date', 'approved_date', 'day') }} as days_to_approval,
        {{ dbt.datediff('return_date', 'received_date', 'day') }} as days_to_receipt,
        {{ dbt.datediff('return_date', 'inspection_date', 'day') }} as days_to_inspection,
        {{ dbt.datediff('return_date', 'processed_date', 'day') }} as days_to_processing,
        total_refund_amount
    from reached
)

select * from final
