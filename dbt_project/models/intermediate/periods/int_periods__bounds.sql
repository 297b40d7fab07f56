-- The first day that any store's data knows, and the day of the run.
with

orders as (
    select * from {{ ref('core__orders') }}
),

returns as (
    select * from {{ ref('int_returns__headers') }}
),

marketing_spend as (
    select * from {{ ref('core__marketing_spend') }}
),

visits as (
    select * from {{ ref('int_stores__visit_days') }}
),

stock as (
    select * from {{ ref('int_stock__first_days') }}
),

purchase_orders as (
    select * from {{ ref('core__purchase_orders') }}
    where is_received
),

days as (
    select order_day as day from orders
    union all
    select return_date as day from returns
    union all
    select spend_date as day from marketing_spend
    union all
    select day from visits
    union all
    select first_day as day from stock
    union all
    select actual_delivery_date as day from purchase_orders
),

final as (
    select
        coalesce(min(day), {{ as_of_date() }}) as first_day,
        {{ as_of_date() }} as last_day
    from days
    where day <= {{ as_of_date() }}
)

select * from final
