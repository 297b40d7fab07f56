-- The customers won in each of the last thirteen months, and what became of them.
with

cohorts as (
    select * from {{ ref('sales__cohorts') }}
    where cohort_month >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        cohort_month,
        months_since,
        is_complete,
        cohort_size,
        active_customers,
        {{ rounded('retention_pct') }} as retention_pct,
        orders_count,
        {{ rounded('revenue') }} as revenue,
        {{ rounded('cumulative_revenue') }} as cumulative_revenue,
        {{ rounded('cumulative_revenue_per_customer') }} as cumulative_revenue_per_customer
    from cohorts
)

select * from final
