-- The RFM segments of each store, and of all stores together.
with

customers as (
    select * from {{ ref('sales__customers') }}
),

store_segments as (
    select
        store_id,
        rfm_segment,
        count(*) as customers_count,
        sum(order_count) as orders_count,
        sum(historical_value) as historical_value,
        sum(predicted_value) as predicted_value,
        sum(recency_days) as recency_days,
        sum(case when churn_risk_label = 'high' then 1 else 0 end) as high_risk_customers
    from customers
    group by store_id, rfm_segment
),

segments as (
    select * from store_segments
    union all
    select
        'all' as store_id,
        rfm_segment,
        sum(customers_count) as customers_count,
        sum(orders_count) as orders_count,
        sum(historical_value) as historical_value,
        sum(predicted_value) as predicted_value,
        sum(recency_days) as recency_days,
        sum(high_risk_customers) as high_risk_customers
    from store_segments
    group by rfm_segment
),

shared as (
    select
        *,
        sum(customers_count) over (partition by store_id) as store_customers,
        sum(historical_value) over (partition by store_id) as store_value
    from segments
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        case rfm_segment
            when 'champions' then 1
            when 'loyal_customers' then 2
            when 'big_spenders' then 3
            when 'at_risk' then 4
            else 5
        end as segment_position,
        rfm_segment,
        {{ count_of('customers_count') }} as customers_count,
        {{ rounded(percent('customers_count', 'store_customers')) }} as customers_pct,
        {{ rounded('historical_value') }} as historical_value,
        {{ rounded(percent('historical_value', 'store_value')) }} as historical_value_pct,
        {{ rounded(safe_divide('historical_value', 'orders_count')) }} as average_order_value,
        {{ rounded(safe_divide('orders_count', 'customers_count')) }} as orders_per_customer,
        {{ rounded(safe_divide('recency_days', 'customers_count')) }} as average_recency_days,
        {{ rounded(safe_divide('historical_value', 'customers_count')) }}
            as average_historical_value,
        {{ rounded(safe_divide('predicted_value', 'customers_count')) }} as average_predicted_value,
        {{ count_of('high_risk_customers') }} as high_risk_customers
    from shared
)

select * from final
