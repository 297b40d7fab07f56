-- One row a store, and 'all' for the total of all stores, which every metric table has too.
with

stores as (
    select * from {{ ref('int_stores__settings') }}
),

orders as (
    select * from {{ ref('core__orders') }}
    where order_day <= {{ as_of_date() }}
),

ordered as (
    select
        store_id,
        min(order_day) as first_order_date,
        max(order_day) as last_order_date
    from orders
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
        1 as store_count,
        false as is_total
    from stores
    left join ordered on stores.store_id = ordered.store_id
),

total as (
    select
        'all' as store_id,
        'All stores' as store_name,
        max(reporting_currency) as currency,
        max(reporting_currency) as reporting_currency,
        cast(null as {{ dbt.type_string() }}) as time_zone,
        cast(null as {{ dbt.type_string() }}) as country,
        min(first_order_date) as first_order_date,
        max(last_order_date) as last_order_date,
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
