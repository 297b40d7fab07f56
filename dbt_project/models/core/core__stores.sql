-- One row a store, and 'all' for the total of all stores, which every metric table has too.
with

stores as (
    select * from {{ ref('int_stores__settings') }}
),

orders as (
    select * from {{ ref('core__orders') }}
    where order_day <= {{ as_of_date() }}
),

return_items as (
    select * from {{ ref('core__return_items') }}
    where is_counted and return_date <= {{ as_of_date() }}
),

marketing_spend as (
    select * from {{ ref('core__marketing_spend') }}
    where spend_date <= {{ as_of_date() }}
),

ordered as (
    select
        store_id,
        min(order_day) as first_order_date,
        max(order_day) as last_order_date
    from orders
    group by store_id
),

-- Marketing begins before the first order, and a return may come before it.
active_days as (
    select
        store_id,
        order_day as day
    from orders
    union all
    select
        store_id,
        return_date as day
    from return_items
    union all
    select
        store_id,
        spend_date as day
    from marketing_spend
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
        1 as store_count,
        false as is_total
    from stores
    left join ordered on stores.store_id = ordered.store_id
    left join active on stores.store_id = active.store_id
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
