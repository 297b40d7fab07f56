-- The hundred customers of each store who would be missed most of those likely to be lost.
with

customers as (
    select * from {{ ref('sales__customers') }}
    where churn_risk_label = 'high'
),

store_ranked as (
    select
        *,
        store_id as report_store_id,
        row_number() over (
            partition by store_id order by historical_value desc, {{ by_text('customer_id') }}
        ) as value_rank
    from customers
),

ranked as (
    select * from store_ranked
    where value_rank <= 100
    union all
    select
        customers.*,
        'all' as report_store_id,
        row_number() over (
            order by historical_value desc, store_id, {{ by_text('customer_id') }}
        ) as value_rank
    from customers
),

final as (
    select
        report_store_id as store_id,
        {{ as_of_date() }} as as_of_date,
        value_rank,
        store_id as customer_store_id,
        customer_id,
        rfm_segment,
        customer_segment,
        {{ rounded('churn_risk') }} as churn_risk,
        recency_days,
        {{ rounded('usual_interval_days') }} as usual_interval_days,
        last_order_date,
        order_count,
        {{ rounded('historical_value') }} as historical_value,
        {{ rounded('average_order_value') }} as average_order_value,
        {{ rounded('predicted_value') }} as predicted_value
    from ranked
    where value_rank <= 100
)

select * from final
