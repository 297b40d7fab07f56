-- Customers who sent something back: how much of what they bought, over their whole life, and what
-- of that gives reason to look closer. Each sign adds its points to the risk score.
with

returned as (
    select * from {{ ref('int_return_facts__customer_returns') }}
),

customers as (
    select * from {{ ref('core__customers') }}
),

rated as (
    select
        *,
        {{ percent('units_returned', 'units_bought') }} as return_rate,
        {{ percent('returned_orders', 'orders_count') }} as returned_orders_pct,
        {{ percent('changed_mind_units', 'units_returned') }} as changed_mind_pct,
        {{ percent('not_resaleable_units', 'units_returned') }} as not_resaleable_pct
    from returned
),

judged as (
    select
        *,
        coalesce(
            return_rate >= {{ var('high_return_rate_pct') }}
            and units_returned >= {{ var('high_return_units') }},
            false
        ) as is_high_returner,
        returns_count >= 2 as is_repeat_returner,
        coalesce(
            returned_orders_pct >= {{ var('serial_returned_orders_pct') }}
            and returned_orders >= {{ var('serial_returned_orders') }}
            and return_rate >= {{ var('serial_return_rate_pct') }},
            false
        ) as is_serial_returner,
        recent_returns >= {{ var('frequent_recent_returns') }} as is_frequent,
        late_returns >= {{ var('suspicious_late_returns') }} as is_often_late,
        coalesce(
            returns_count >= 2 and not_resaleable_pct >= {{ var('suspicious_reason_pct') }}, false
        ) as is_mostly_unsaleable,
        coalesce(
            returns_count >= 2 and changed_mind_pct >= {{ var('suspicious_reason_pct') }}, false
        ) as is_mostly_changed_mind,
        rejected_returns > 0 as has_rejected_returns
    from rated
),

scored as (
    select
        *,
        case when is_serial_returner then 40 else 0 end
        + case when is_high_returner then 20 else 0 end
        + case when is_frequent then 10 else 0 end
        + case when is_often_late then 10 else 0 end
        + case when is_mostly_unsaleable then 10 else 0 end
        + case when is_mostly_changed_mind then 5 else 0 end
        + case when has_rejected_returns then 5 else 0 end as risk_score,
        {{ return_risk_text() }} as risk_reasons
    from judged
),

final as (
    select
        scored.store_id,
        scored.customer_id,
        customers.customer_name,
        scored.customer_segment,
        {{ count_of('scored.orders_count') }} as orders_count,
        {{ count_of('scored.units_bought') }} as units_bought,
        {{ decimal('scored.revenue') }} as revenue,
        {{ count_of('scored.returns_count') }} as returns_count,
        {{ count_of('scored.returned_orders') }} as returned_orders,
        {{ count_of('scored.units_returned') }} as units_returned,
        {{ count_of('scored.recent_returns') }} as recent_returns,
        {{ count_of('scored.late_returns') }} as late_returns,
        {{ count_of('scored.rejected_returns') }} as rejected_returns,
        scored.return_rate,
        scored.returned_orders_pct,
        scored.changed_mind_pct,
        scored.not_resaleable_pct,
        {{ decimal('scored.return_value') }} as lifetime_return_value,
        {{ percent('scored.return_value', 'scored.revenue') }} as return_value_pct,
        {{ decimal('scored.revenue - scored.return_value') }} as kept_revenue,
        {{ decimal('scored.handling_cost') }} as handling_cost,
        {{ safe_divide('scored.unit_days', 'scored.dated_units') }} as average_days_to_return,
        {{ count_of('scored.risk_score') }} as risk_score,
        case
            when scored.risk_score >= {{ var('high_risk_score') }} then 'high'
            when scored.risk_score >= {{ var('medium_risk_score') }} then 'medium'
            else 'low'
        end as risk_level,
        scored.risk_reasons,
        scored.is_repeat_returner,
        scored.is_high_returner,
        scored.is_serial_returner,
        scored.first_return_date,
        scored.last_return_date
    from scored
    left join customers
        on scored.store_id = customers.store_id
        and scored.customer_id = customers.customer_id
)

select * from final
