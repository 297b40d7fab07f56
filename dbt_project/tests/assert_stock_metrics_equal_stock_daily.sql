-- A row is a store and day whose stock in the metrics is not that of its SKUs and locations.
with

stock_daily as (
    select
        store_id,
        day,
        sum(closing) as units,
        sum(coalesce(stock_value, 0)) as stock_value,
        sum(received) as received
    from {{ ref('core__stock_daily') }}
    group by store_id, day
),

metrics as (
    select * from {{ ref('inventory__metrics') }}
    where period_type = 'day'
),

final as (
    select
        stock_daily.store_id,
        stock_daily.day,
        stock_daily.units,
        metrics.current_stock_quantity
    from stock_daily
    left join metrics
        on stock_daily.store_id = metrics.store_id
        and stock_daily.day = metrics.period_start
    where
        metrics.store_id is null
        or stock_daily.units <> metrics.current_stock_quantity
        or stock_daily.stock_value <> metrics.stock_value
        or stock_daily.received <> metrics.units_received
)

select * from final
