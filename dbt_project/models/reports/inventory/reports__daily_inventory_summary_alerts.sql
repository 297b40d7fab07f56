-- How many SKUs, deliveries and orders need attention, by kind of alert; kinds without any too.
with

stores as (
    select * from {{ ref('core__stores') }}
),

stock_status as (
    select * from {{ ref('inventory__stock_status') }}
),

late_orders as (
    select * from {{ ref('inventory__late_orders') }}
),

recommendations as (
    select * from {{ ref('inventory__reorder_recommendations') }}
    where is_due
),

kinds as (
    select
        1 as alert_rank,
        'out_of_stock' as alert,
        'critical' as severity,
        'out' as stock_status
    union all
    select
        2 as alert_rank,
        'below_safety_stock' as alert,
        'critical' as severity,
        'critical' as stock_status
    union all
    select
        3 as alert_rank,
        'late_delivery' as alert,
        'critical' as severity,
        '' as stock_status
    union all
    select
        4 as alert_rank,
        'order_due' as alert,
        'warning' as severity,
        '' as stock_status
    union all
    select
        5 as alert_rank,
        'below_reorder_point' as alert,
        'warning' as severity,
        'low' as stock_status
    union all
    select
        6 as alert_rank,
        'overstock' as alert,
        'notice' as severity,
        'overstock' as stock_status
    union all
    select
        7 as alert_rank,
        'dead_stock' as alert,
        'notice' as severity,
        'dead' as stock_status
),

items as (
    select
        stock_status.store_id,
        kinds.alert,
        stock_status.quantity_available as units,
        stock_status.stock_value as amount
    from stock_status
    inner join kinds on stock_status.stock_status = kinds.stock_status
    union all
    select
        store_id,
        'late_delivery' as alert,
        open_units as units,
        open_value as amount
    from late_orders
    union all
    select
        store_id,
        'order_due' as alert,
        recommended_quantity as units,
        recommended_cost as amount
    from recommendations
),

of_stores as (
    select * from items
    union all
    select
        'all' as store_id,
        alert,
        units,
        amount
    from items
),

counted as (
    select
        store_id,
        alert,
        count(*) as items_count,
        sum(units) as units,
        sum(amount) as amount
    from of_stores
    group by store_id, alert
),

final as (
    select
        stores.store_id,
        {{ as_of_date() }} as as_of_date,
        kinds.alert_rank,
        kinds.alert,
        kinds.severity,
        {{ count_of('coalesce(counted.items_count, 0)') }} as items_count,
        {{ count_of('coalesce(counted.units, 0)') }} as units,
        {{ rounded('coalesce(counted.amount, 0)') }} as amount
    from stores
    cross join kinds
    left join counted
        on stores.store_id = counted.store_id
        and kinds.alert = counted.alert
)

select * from final
