-- The targets of the last thirteen weeks and those that run now.
with

goals as (
    select * from {{ ref('sales__goal_progress') }}
    where
        period_start <= {{ as_of_date() }}
        and period_end > {{ add_days(-91, as_of_date()) }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        period_type,
        period_start,
        period_end,
        status,
        days_elapsed,
        days_total,
        {{ rounded('revenue_target') }} as revenue_target,
        {{ rounded('revenue_actual') }} as revenue_actual,
        {{ rounded('revenue_gap') }} as revenue_gap,
        {{ rounded('attainment_pct') }} as attainment_pct,
        {{ rounded('pace_pct') }} as pace_pct,
        orders_target,
        orders_actual,
        {{ rounded('orders_attainment_pct') }} as orders_attainment_pct,
        orders_status,
        {{ rounded('achieved_to_date_pct') }} as achieved_to_date_pct
    from goals
)

select * from final
