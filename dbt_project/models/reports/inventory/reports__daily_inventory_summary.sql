-- The run's day: what was there, came and went, what the stock is worth, and what needs attention.
with

flows as (
    select * from {{ ref('inventory__flow_daily') }}
    where warehouse_location = 'all'
),

stores as (
    select * from {{ ref('core__stores') }}
),

alerts as (
    select
        store_id,
        stock_status as alert
    from {{ ref('inventory__stock_status') }}
    union all
    select
        store_id,
        'late' as alert
    from {{ ref('inventory__late_orders') }}
    union all
    select
        store_id,
        'due' as alert
    from {{ ref('inventory__reorder_recommendations') }}
    where is_due
),

of_stores as (
    select * from alerts
    union all
    select
        'all' as store_id,
        alert
    from alerts
),

counted as (
    select
        store_id,
        sum(case when alert in ('out', 'critical', 'late') then 1 else 0 end) as critical_alerts,
        sum(case when alert = 'out' then 1 else 0 end) as out_of_stock_skus,
        sum(case when alert = 'critical' then 1 else 0 end) as critical_skus,
        sum(case when alert = 'low' then 1 else 0 end) as low_skus,
        sum(case when alert = 'overstock' then 1 else 0 end) as overstock_skus,
        sum(case when alert = 'dead' then 1 else 0 end) as dead_stock_skus,
        sum(case when alert = 'late' then 1 else 0 end) as late_deliveries,
        sum(case when alert = 'due' then 1 else 0 end) as orders_due
    from of_stores
    group by store_id
),

final as (
    select
        today.store_id,
        stores.store_name,
        today.day as as_of_date,
        today.opening_units,
        today.received_units as purchased_units,
        today.sold_units,
        today.returned_units,
        today.transferred_in_units - today.transferred_out_units as transferred_units,
        today.adjusted_up_units - today.adjusted_down_units as adjusted_units,
        today.closing_units,
        {{ rounded('today.stock_value') }} as stock_value,
        {{ rounded('yesterday.stock_value') }} as stock_value_yesterday,
        {{ rounded('today.stock_value - yesterday.stock_value') }} as stock_value_change,
        {{ rounded(change_pct('today.stock_value', 'yesterday.stock_value')) }}
            as stock_value_change_pct,
        {{ rounded('last_week.stock_value') }} as stock_value_last_week,
        {{ rounded(change_pct('today.stock_value', 'last_week.stock_value')) }}
            as stock_value_vs_last_week_pct,
        {{ count_of('coalesce(counted.critical_alerts, 0)') }} as critical_alerts,
        {{ count_of('coalesce(counted.out_of_stock_skus, 0)') }} as out_of_stock_skus,
        {{ count_of('coalesce(counted.critical_skus, 0)') }} as critical_skus,
        {{ count_of('coalesce(counted.low_skus, 0)') }} as low_skus,
        {{ count_of('coalesce(counted.overstock_skus, 0)') }} as overstock_skus,
        {{ count_of('coalesce(counted.dead_stock_skus, 0)') }} as dead_stock_skus,
        {{ count_of('coalesce(counted.late_deliveries, 0)') }} as late_deliveries,
        {{ count_of('coalesce(counted.orders_due, 0)') }} as orders_due
    from flows as today
    inner join stores on today.store_id = stores.store_id
    left join flows as yesterday
        on today.store_id = yesterday.store_id
        and yesterday.day = {{ add_days(-1, 'today.day') }}
    left join flows as last_week
        on today.store_id = last_week.store_id
        and last_week.day = {{ add_days(-7, 'today.day') }}
    left join counted on today.store_id = counted.store_id
    where today.day = {{ as_of_date() }}
)

select * from final
