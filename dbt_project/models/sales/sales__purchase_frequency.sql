-- How many customers ordered once, twice and so on; the last bucket holds ten orders and more.
with

customers as (
    select * from {{ ref('sales__customers') }}
),

numbers as (
    {{ dbt.generate_series(10) }}
),

buckets as (
    select
        cast(generated_number as integer) as bucket_number,
        case
            when generated_number = 10 then '10+'
            else cast(cast(generated_number as integer) as {{ dbt.type_string() }})
        end as order_bucket
    from numbers
),

store_buckets as (
    select
        store_id,
        least(order_count, 10) as bucket_number,
        count(*) as customers_count,
        sum(order_count) as orders_count,
        sum(historical_value) as revenue
    from customers
    group by store_id, least(order_count, 10)
),

all_buckets as (
    select * from store_buckets
    union all
    select
        'all' as store_id,
        bucket_number,
        sum(customers_count) as customers_count,
        sum(orders_count) as orders_count,
        sum(revenue) as revenue
    from store_buckets
    group by bucket_number
),

totals as (
    select
        store_id,
        sum(customers_count) as customers_count,
        sum(revenue) as revenue
    from all_buckets
    group by store_id
),

final as (
    select
        totals.store_id,
        buckets.bucket_number,
        buckets.order_bucket,
        {{ count_of('coalesce(all_buckets.customers_count, 0)') }} as customers_count,
        {{ percent('coalesce(all_buckets.customers_count, 0)', 'totals.customers_count') }}
            as customers_pct,
        {{ count_of('coalesce(all_buckets.orders_count, 0)') }} as orders_count,
        {{ decimal('coalesce(all_buckets.revenue, 0)') }} as revenue,
        {{ percent('coalesce(all_buckets.revenue, 0)', 'totals.revenue') }} as revenue_pct
    from totals
    cross join buckets
    left join all_buckets
        on totals.store_id = all_buckets.store_id
        and buckets.bucket_number = all_buckets.bucket_number
)

select * from final
