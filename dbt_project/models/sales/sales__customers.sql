-- One row a customer who ever ordered: lifetime figures, RFM scores and segment, what to expect.
with

orders as (
    select * from {{ ref('int_sales__orders') }}
    where customer_id is not null
),

customers as (
    select * from {{ ref('core__customers') }}
),

ordered as (
    select
        store_id,
        customer_id,
        count(*) as order_count,
        sum(units) as units,
        sum(revenue) as historical_value,
        case
            when sum(costed_line_count) > 0 or sum(line_count) = 0
                then sum(revenue) - sum(cost_of_goods_sold)
        end as gross_profit,
        min(order_day) as first_order_date,
        max(order_day) as last_order_date,
        {{ dbt.datediff('max(order_day)', as_of_date(), 'day') }} as recency_days,
        {{ dbt.datediff('min(order_day)', as_of_date(), 'day') }} as age_days,
        {{ dbt.datediff('min(order_day)', 'max(order_day)', 'day') }} as lifespan_days
    from orders
    group by store_id, customer_id
),

-- What is usual in the store: repeat orders a year, days between orders, years between the first
-- and the last order of those who came back.
usual as (
    select
        store_id,
        {{ safe_divide('365.25 * sum(order_count - 1)', 'sum(age_days)') }}
            as repeat_orders_per_year,
        {{ safe_divide('sum(lifespan_days)', 'sum(order_count - 1)') }} as interval_days,
        {{ safe_divide(
            'sum(lifespan_days)', '365.25 * sum(case when order_count > 1 then 1 else 0 end)'
        ) }} as lifespan_years
    from ordered
    group by store_id
),

scored as (
    select
        *,
        6 - ntile(5) over (
            partition by store_id order by last_order_date desc, {{ by_text('customer_id') }}
        ) as recency_score,
        6 - ntile(5) over (
            partition by store_id order by order_count desc, {{ by_text('customer_id') }}
        ) as frequency_score,
        6 - ntile(5) over (
            partition by store_id order by historical_value desc, {{ by_text('customer_id') }}
        ) as monetary_score
    from ordered
),

expected as (
    select
        scored.*,
        usual.lifespan_years,
        {{ safe_divide('scored.historical_value', 'scored.order_count') }} as average_order_value,
        -- A gamma-Poisson rate: the customer's own repeat orders, and the store's usual ones
        -- counted as if they had been seen for the years of the prior.
        {{ safe_divide(
            '365.25 * (scored.order_count - 1 + ' ~ var('clv_prior_years')
            ~ ' * coalesce(usual.repeat_orders_per_year, 0))',
            'scored.age_days + 365.25 * ' ~ var('clv_prior_years'),
        ) }} as expected_orders_per_year,
        -- The customer's own intervals and one more, the store's usual one.
        {{ safe_divide('scored.lifespan_days + usual.interval_days', 'scored.order_count') }}
            as usual_interval_days
    from scored
    inner join usual on scored.store_id = usual.store_id
),

risked as (
    select
        *,
        {{ decimal('average_order_value * expected_orders_per_year') }} as expected_yearly_value,
        {{ safe_divide('recency_days', 'usual_interval_days') }} as churn_risk
    from expected
),

-- One who has been silent for several usual intervals is expected to spend that much less.
valued as (
    select
        *,
        {{ safe_divide(
            'expected_yearly_value * lifespan_years', 'greatest(coalesce(churn_risk, 1), 1)'
        ) }} as predicted_value
    from risked
),

final as (
    select
        valued.store_id,
        valued.customer_id,
        customers.customer_segment,
        case
            when
                valued.recency_score >= 4
                and valued.frequency_score >= 4
                and valued.monetary_score >= 4
                then 'champions'
            when valued.recency_score = 1 then 'lost'
            when valued.recency_score = 2 then 'at_risk'
            when valued.frequency_score <= 2 and valued.monetary_score <= 2 then 'at_risk'
            when valued.frequency_score >= valued.monetary_score then 'loyal_customers'
            else 'big_spenders'
        end as rfm_segment,
        {{ dbt.concat([
            'cast(valued.recency_score as ' ~ dbt.type_string() ~ ')',
            'cast(valued.frequency_score as ' ~ dbt.type_string() ~ ')',
            'cast(valued.monetary_score as ' ~ dbt.type_string() ~ ')',
        ]) }} as rfm_score,
        case
            when valued.churn_risk >= {{ var('churn_high_intervals') }} then 'high'
            when valued.churn_risk >= {{ var('churn_medium_intervals') }} then 'medium'
            when valued.churn_risk is not null then 'low'
            else 'unknown'
        end as churn_risk_label,
        valued.recency_score,
        valued.frequency_score,
        valued.monetary_score,
        valued.order_count,
        {{ count_of('valued.units') }} as units,
        {{ decimal('valued.historical_value') }} as historical_value,
        {{ decimal('valued.gross_profit') }} as gross_profit,
        valued.average_order_value,
        valued.recency_days,
        valued.lifespan_days,
        {{ safe_divide('valued.lifespan_days', 'valued.order_count - 1') }}
            as average_days_between_orders,
        valued.expected_orders_per_year,
        valued.usual_interval_days,
        {{ decimal('valued.predicted_value') }} as predicted_value,
        valued.churn_risk,
        valued.first_order_date,
        valued.last_order_date
    from valued
    inner join customers
        on valued.store_id = customers.store_id
        and valued.customer_id = customers.customer_id
)

select * from final
