-- What forecasts of sales are held against, day by day up to the run: the figures of the metric
-- tables, and the units that each SKU sold. A day without a row had none.
with

store_days as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day' and store_id <> 'all'
),

category_days as (
    select * from {{ ref('sales__metrics_by_category') }}
    where period_type = 'day' and store_id <> 'all'
),

channel_days as (
    select * from {{ ref('sales__metrics_by_channel') }}
    where period_type = 'day' and store_id <> 'all'
),

sku_days as (
    select * from {{ ref('int_stock__sales') }}
),

measured as (
    select
        store_id,
        'store' as level,
        'revenue' as measure,
        'total' as entity,
        period_start as day,
        {{ decimal('total_revenue') }} as amount
    from store_days
    union all
    select
        store_id,
        'store' as level,
        'orders' as measure,
        'total' as entity,
        period_start as day,
        {{ decimal('orders_count') }} as amount
    from store_days
    union all
    select
        store_id,
        'store' as level,
        'units' as measure,
        'total' as entity,
        period_start as day,
        {{ decimal('total_units_sold') }} as amount
    from store_days
    union all
    select
        store_id,
        'category' as level,
        'revenue' as measure,
        category as entity,
        period_start as day,
        {{ decimal('total_revenue') }} as amount
    from category_days
    union all
    select
        store_id,
        'category' as level,
        'units' as measure,
        category as entity,
        period_start as day,
        {{ decimal('total_units_sold') }} as amount
    from category_days
    union all
    select
        store_id,
        'channel' as level,
        'revenue' as measure,
        channel as entity,
        period_start as day,
        {{ decimal('total_revenue') }} as amount
    from channel_days
    union all
    select
        store_id,
        'sku' as level,
        'units' as measure,
        sku as entity,
        day,
        {{ decimal('units') }} as amount
    from sku_days
),

final as (
    select * from measured
)

select * from final
