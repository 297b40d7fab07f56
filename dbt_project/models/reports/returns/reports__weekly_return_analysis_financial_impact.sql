-- What returns cost in each of the last thirteen weeks.
with

weeks as (
    select * from {{ ref('returns__metrics') }}
    where
        period_type = 'week'
        and period_start > {{ add_days(-91, as_of_date()) }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        period_start as week_start,
        is_complete,
        {{ rounded('total_revenue') }} as revenue,
        {{ rounded('return_value') }} as return_value,
        {{ rounded(percent('return_value', 'total_revenue')) }} as return_value_pct,
        {{ rounded('refund_amount') }} as refund_amount,
        {{ rounded('recovered_value') }} as recovered_value,
        {{ rounded(percent('recovered_value', 'return_value')) }} as recovered_pct,
        {{ rounded('processing_cost') }} as processing_cost,
        {{ rounded('shipping_cost') }} as shipping_cost,
        {{ rounded('net_return_loss') }} as net_return_loss,
        {{ rounded('return_cost_pct') }} as return_cost_pct
    from weeks
)

select * from final
