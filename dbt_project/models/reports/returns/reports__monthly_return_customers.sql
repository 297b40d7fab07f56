-- The customers whose returns call for a look, the riskiest first.
with

customers as (
    select * from {{ ref('returns__customers') }}
    where risk_level in ('medium', 'high')
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by risk_score desc, lifetime_return_value desc, {{ by_text('customer_id') }}
        ) as risk_rank,
        customer_id,
        customer_name,
        customer_segment,
        risk_score,
        risk_level,
        risk_reasons,
        orders_count,
        returned_orders,
        returns_count,
        recent_returns,
        units_bought,
        units_returned,
        {{ rounded('return_rate') }} as return_rate,
        {{ rounded('lifetime_return_value') }} as lifetime_return_value,
        {{ rounded('kept_revenue') }} as kept_revenue,
        last_return_date,
        is_serial_returner
    from customers
)

select * from final
