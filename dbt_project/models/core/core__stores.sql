-- One row a store, and 'all' for the total of all stores, which every metric table has too.
with

stores as (
    select * from {{ ref('int_stores__settings') }}
),

orders as (
    select * from {{ ref('core__orders') }}
    where order_day <= {{ as_of_date() }}
),

returns as (
    select * from {{ ref('int_returns__headers') }}
    where is_counted and return_date <= {{ as_of_date() }}
),

marketing_spend as (
    select * from {{ ref('core__marketing_spend') }}
    where spend_date <= {{ as_of_date() }}
),

visits as (
    select * from {{ ref('int_stores__visit_days') }}
    where day <= {{ as_of_date() }}
),

stock as (
    select * from {{ ref('int_stock__first_days') }}
),

purchase_orders as (
    select * from {{ ref('core__purchase_orders') }}
    where is_received
),

ordered as (
    select
        store_id,
        min(case when is_valid then order_day end) as first_order_date,
        max(case when is_valid then order_day end) as last_order_date,
        min(order_day) as first_order_day_of_any_kind
    from orders
    group by store_id
),

-- Marketing, visits and stock begin before the first order, and a return may come before it; the
-- visits that orders tell of are no activity of their own.
active_days as (
    select
        store_id,
        order_day as day
    from orders
    union all
    select
        store_id,
        return_date as day
    from returns
    union all
    select
        store_id,
        spend_date as day
    from marketing_spend
    union all
    select
        store_id,
        day
    from visits
    union all
    select
        store_id,
        first_day as day
    from stock
    union all
    select
        store_id,
        actual_delivery_date as day
    from purchase_orders
),

active as (
    select
        store_id,
        min(day) as first_activity_date
    from active_days
    group by store_id
),

named as (
    select
        stores.store_id,
        stores.store_name,
        stores.currency,
        stores.reporting_currency,
        stores.time_zone,
        stores.country,
        ordered.first_order_date,
        ordered.last_order_date,
        active.first_activity_date,
        case
            when stock.first_day < ordered.first_order_day_of_any_kind then stock.first_day
            else coalesce(ordered.first_order_day_of_any_kind, stock.first_day)
        end as first_data_date,
        1 as store_count,
        false as is_total
    from stores
    left join ordered on stores.store_id = ordered.store_id
    left join active on stores.store_id = active.store_id
    left join stock on stores.store_id = stock.store_id
),

total as (
    select
        'all' as store_id,
        'All stores' as store_name,
        coalesce(max(reporting_currency), '{{ var("store_currency") }}') as currency,
        coalesce(max(reporting_currency), '{{ var("store_currency") }}') as reporting_currency,
        cast(null as {{ dbt.type_string() }}) as time_zone,
        cast(null as {{ dbt.type_string() }}) as country,
        min(first_order_date) as first_order_date,
        max(last_order_date) as last_order_date,
        min(first_activity_date) as first_activity_date,
        min(first_data_date) as first_data_date,
        count(*) as store_count,
        true as is_total
    from named
),

final as (
    select * from named
    union all
    select * from total
)

select * from final
