-- One row for each category, whose detail is null, and one for each detail of it. Rates are shares
-- of what the whole store sold: a sale has no reason to come back.
with

lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where has_line
),

-- Every line stands under its category's total, spelt as no detail, and under its detail if any.
return_lines as (
    select
        store_id,
        return_id,
        return_date,
        return_reason_category,
        return_reason_detail,
        return_type,
        return_status,
        processing_days,
        units,
        resaleable_units,
        refund_amount,
        restocked_value,
        processing_cost,
        shipping_cost,
        refund_day,
        order_day
    from lines
    where return_reason_detail <> ''
    union all
    select
        store_id,
        return_id,
        return_date,
        return_reason_category,
        '' as return_reason_detail,
        return_type,
        return_status,
        processing_days,
        units,
        resaleable_units,
        refund_amount,
        restocked_value,
        processing_cost,
        shipping_cost,
        refund_day,
        order_day
    from lines
),

{{ returns_metrics(['return_reason_category', 'return_reason_detail'], of_store=true) }},

final as (
    select
        store_id,
        return_reason_category,
        nullif(return_reason_detail, '') as return_reason_detail,
        period_type,
        period_start,
        period_end,
        days_elapsed,
        total_returns as returns_count,
        returned_units,
        total_units_sold,
        total_revenue,
        return_rate,
        return_rate_by_order_date,
        cohort_maturity_pct,
        return_value,
        refund_amount,
        exchange_rate,
        restocking_rate,
        average_processing_time,
        recovered_value,
        processing_cost,
        shipping_cost,
        net_return_loss,
        return_cost_pct,
        is_complete
    from metrics
)

select * from final
