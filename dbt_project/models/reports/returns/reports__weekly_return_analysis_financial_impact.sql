-- What returns cost in each of the last thirteen weeks, and what they do to the gross margin.
with

weeks as (
    select * from {{ ref('returns__metrics') }}
    where
        period_type = 'week'
        and period_start > {{ add_days(-91, as_of_date()) }}
),

statements as (
    select * from {{ ref('returns__profit_and_loss') }}
    where period_type = 'week'
),

final as (
    select
        weeks.store_id,
        {{ as_of_date() }} as as_of_date,
        weeks.period_start as week_start,
        weeks.is_complete,
        {{ rounded('weeks.total_revenue') }} as revenue,
        {{ rounded('weeks.return_value') }} as return_value,
        {{ rounded(percent('weeks.return_value', 'weeks.total_revenue')) }} as return_value_pct,
        {{ rounded('weeks.refund_amount') }} as refund_amount,
        {{ rounded('weeks.recovered_value') }} as recovered_value,
        {{ rounded(percent('weeks.recovered_value', 'weeks.return_value')) }} as recovered_pct,
        {{ rounded('statements.written_off_value') }} as written_off_value,
        {{ rounded('weeks.processing_cost') }} as processing_cost,
        {{ rounded('weeks.shipping_cost') }} as shipping_cost,
        {{ rounded('weeks.net_return_loss') }} as net_return_loss,
        {{ rounded('weeks.return_cost_pct') }} as return_cost_pct,
        {{ rounded('statements.gross_margin_change_points') }} as gross_margin_change_points
    from weeks
    left join statements
        on weeks.store_id = statements.store_id
        and weeks.period_start = statements.period_start
)

select * from final
