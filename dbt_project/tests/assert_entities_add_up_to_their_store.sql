-- A row is a period in which the figures by some entity do not add up to those of the store. Every
-- line has one product, category and brand; every order one channel, source, device, country and
-- segment.
with

metrics as (
    select * from {{ ref('sales__metrics') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison
),

entities as (
    select
        'product' as entity,
        store_id,
        period_type,
        period_start,
        total_revenue,
        total_units_sold,
        cast(null as {{ dbt.type_bigint() }}) as orders_count
    from {{ ref('sales__metrics_by_product') }}
    union all
    select
        'category' as entity,
        store_id,
        period_type,
        period_start,
        total_revenue,
        total_units_sold,
        cast(null as {{ dbt.type_bigint() }}) as orders_count
    from {{ ref('sales__metrics_by_category') }}
    union all
    select
        'brand' as entity,
        store_id,
        period_type,
        period_start,
        total_revenue,
        total_units_sold,
        cast(null as {{ dbt.type_bigint() }}) as orders_count
    from {{ ref('sales__metrics_by_brand') }}
    union all
    select
        'channel' as entity,
        store_id,
        period_type,
        period_start,
        total_revenue,
        total_units_sold,
        orders_count
    from {{ ref('sales__metrics_by_channel') }}
    union all
    select
        'traffic_source' as entity,
        store_id,
        period_type,
        period_start,
        total_revenue,
        total_units_sold,
        orders_count
    from {{ ref('sales__metrics_by_traffic_source') }}
    union all
    select
        'device' as entity,
        store_id,
        period_type,
        period_start,
        total_revenue,
        total_units_sold,
        orders_count
    from {{ ref('sales__metrics_by_device') }}
    union all
    select
        'country' as entity,
        store_id,
        period_type,
        period_start,
        total_revenue,
        total_units_sold,
        orders_count
    from {{ ref('sales__metrics_by_country') }}
    union all
    select
        'customer_segment' as entity,
        store_id,
        period_type,
        period_start,
        total_revenue,
        total_units_sold,
        orders_count
    from {{ ref('sales__metrics_by_customer_segment') }}
),

summed as (
    select
        entity,
        store_id,
        period_type,
        period_start,
        sum(total_revenue) as total_revenue,
        sum(total_units_sold) as total_units_sold,
        sum(orders_count) as orders_count
    from entities
    group by entity, store_id, period_type, period_start
),

names as (
    select distinct entity from entities
),

final as (
    select
        names.entity,
        metrics.store_id,
        metrics.period_type,
        metrics.period_start,
        metrics.total_revenue as revenue_of_store,
        summed.total_revenue as revenue_of_entities
    from metrics
    inner join periods
        on metrics.period_type = periods.period_type
        and metrics.period_start = periods.period_start
    cross join names
    left join summed
        on metrics.store_id = summed.store_id
        and metrics.period_type = summed.period_type
        and metrics.period_start = summed.period_start
        and names.entity = summed.entity
    where
        metrics.total_revenue <> coalesce(summed.total_revenue, 0)
        or metrics.total_units_sold <> coalesce(summed.total_units_sold, 0)
        or metrics.orders_count <> coalesce(summed.orders_count, metrics.orders_count)
)

select * from final
