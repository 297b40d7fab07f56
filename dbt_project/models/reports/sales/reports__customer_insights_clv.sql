-- What customers are worth, by tenths of each store's customers, the most valuable first.
with

customers as (
    select * from {{ ref('sales__customers') }}
),

metrics as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'all_time'
),

measured as (
    select
        store_id,
        store_id as home_store_id,
        customer_id,
        order_count,
        historical_value,
        gross_profit,
        predicted_value
    from customers
    union all
    select
        'all' as store_id,
        store_id as home_store_id,
        customer_id,
        order_count,
        historical_value,
        gross_profit,
        predicted_value
    from customers
),

ranked as (
    select
        *,
        ntile(10) over (
            partition by store_id
            order by historical_value desc, home_store_id, {{ by_text('customer_id') }}
        ) as value_tenth
    from measured
),

tenths as (
    select
        store_id,
        value_tenth,
        count(*) as customers_count,
        sum(order_count) as orders_count,
        sum(historical_value) as historical_value,
        sum(gross_profit) as gross_profit,
        sum(predicted_value) as predicted_value
    from ranked
    group by store_id, value_tenth
),

shared as (
    select
        *,
        sum(historical_value) over (partition by store_id) as store_value,
        sum(historical_value) over (
            partition by store_id order by value_tenth
            rows between unbounded preceding and current row
        ) as cumulative_value
    from tenths
),

final as (
    select
        shared.store_id,
        {{ as_of_date() }} as as_of_date,
        shared.value_tenth,
        shared.customers_count,
        {{ rounded('shared.historical_value') }} as historical_value,
        {{ rounded(percent('shared.historical_value', 'shared.store_value')) }}
            as historical_value_pct,
        {{ rounded(percent('shared.cumulative_value', 'shared.store_value')) }} as cumulative_pct,
        {{ rounded(safe_divide('shared.historical_value', 'shared.customers_count')) }}
            as average_historical_value,
        {{ rounded(safe_divide('shared.gross_profit', 'shared.customers_count')) }}
            as average_gross_profit,
        {{ rounded(safe_divide('shared.historical_value', 'shared.orders_count')) }}
            as average_order_value,
        {{ rounded(safe_divide('shared.orders_count', 'shared.customers_count')) }}
            as orders_per_customer,
        {{ rounded(safe_divide('shared.predicted_value', 'shared.customers_count')) }}
            as average_predicted_value,
        {{ rounded('metrics.customer_lifetime_value') }} as store_customer_lifetime_value
    from shared
    left join metrics on shared.store_id = metrics.store_id
)

select * from final
