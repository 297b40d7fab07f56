-- Who bought in each of the last thirteen weeks.
with

weeks as (
    select * from {{ ref('sales__metrics') }}
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
        customers_count,
        new_customers,
        {{ rounded('new_customers_pct') }} as new_customers_pct,
        returning_customers,
        {{ rounded('returning_customers_pct') }} as returning_customers_pct,
        {{ rounded('revenue_per_customer') }} as revenue_per_customer,
        {{ rounded('repeat_purchase_rate') }} as repeat_purchase_rate,
        {{ rounded('customer_lifetime_value') }} as customer_lifetime_value,
        {{ rounded('marketing_spend') }} as marketing_spend,
        {{ rounded('customer_acquisition_cost') }} as customer_acquisition_cost
    from weeks
)

select * from final
