-- How each supplier delivers and what comes back of its goods, those with the most goods first.
with

suppliers as (
    select * from {{ ref('inventory__suppliers') }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by coalesce(received_value, 0) desc, {{ by_text('supplier_id') }}
        ) as supplier_rank,
        supplier_id,
        supplier_name,
        country,
        skus_count,
        order_lines,
        received_lines,
        {{ rounded('received_value') }} as received_value,
        {{ rounded('on_time_pct') }} as on_time_pct,
        {{ rounded('average_days_late') }} as average_days_late,
        open_lines,
        overdue_lines,
        promised_lead_time_days,
        {{ rounded('average_lead_time') }} as average_lead_time,
        {{ rounded('average_lead_time - promised_lead_time_days') }} as days_beyond_promise,
        {{ rounded('lead_time_deviation') }} as lead_time_deviation,
        lead_time_90th_percentile,
        {{ rounded('fill_rate_pct') }} as fill_rate_pct,
        units_sold,
        units_returned,
        {{ rounded('return_rate_pct') }} as return_rate_pct,
        {{ rounded('defect_return_pct') }} as defect_return_pct,
        last_order_date,
        is_often_late,
        has_quality_issue
    from suppliers
)

select * from final
