-- A row is a period in which new and returning customers are not all customers, or their shares
-- not the whole.
with

metrics as (
    select * from {{ ref('sales__metrics') }}
),

final as (
    select
        store_id,
        period_type,
        period_start,
        customers_count,
        new_customers,
        returning_customers
    from metrics
    where
        new_customers + returning_customers <> customers_count
        or abs(new_customers_pct + returning_customers_pct - 100) > 0.000001
)

select * from final
