-- Every SKU and location with a transaction or a state in a period: its stock at the end and what
-- came and went there. Units here are those that moved; what orders sold has no location.
with

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison
),

ranges as (
    select distinct
        period_start as range_start,
        elapsed_end as range_end
    from periods
),

range_days as (
    select range_days.*
    from {{ ref('int_periods__range_days') }} as range_days
    inner join ranges
        on range_days.range_start = ranges.range_start
        and range_days.range_end = ranges.range_end
),

stores as (
    select * from {{ ref('core__stores') }}
),

levels as (
    select * from {{ ref('int_stock__levels') }}
),

stock_daily as (
    select * from {{ ref('core__stock_daily') }}
),

all_levels as (
    select * from levels
    union all
    select
        stores.store_id,
        levels.sku,
        levels.warehouse_location,
        levels.day,
        levels.received,
        levels.sold,
        levels.returned,
        levels.transferred,
        levels.adjusted,
        levels.residual,
        levels.reserved_change,
        levels.transaction_count,
        levels.state_count
    from levels
    cross join stores
    where stores.is_total
),

range_sums as (
    select
        all_levels.store_id,
        all_levels.sku,
        all_levels.warehouse_location,
        range_days.range_start,
        range_days.range_end,
        sum(all_levels.received) as units_received,
        sum(-all_levels.sold) as units_sold,
        sum(all_levels.returned) as units_returned,
        sum(all_levels.transferred) as units_transferred,
        sum(all_levels.adjusted + all_levels.residual) as units_adjusted
    from all_levels
    inner join range_days on all_levels.day = range_days.day
    group by
        all_levels.store_id,
        all_levels.sku,
        all_levels.warehouse_location,
        range_days.range_start,
        range_days.range_end
    having sum(all_levels.transaction_count + all_levels.state_count) > 0
),

-- A day of the ranges' ends: the day before one begins, or the last day of one.
needed_days as (
    select
        store_id,
        sku,
        warehouse_location,
        range_end as day
    from range_sums
    union distinct
    select
        store_id,
        sku,
        warehouse_location,
        {{ add_days(-1, 'range_start') }} as day
    from range_sums
),

stock as (
    select
        needed_days.store_id,
        needed_days.sku,
        needed_days.warehouse_location,
        needed_days.day,
        sum(stock_daily.closing) as closing,
        sum(stock_daily.available) as available,
        sum(coalesce(stock_daily.stock_value, 0)) as stock_value
    from needed_days
    inner join stores on needed_days.store_id = stores.store_id
    inner join stock_daily
        on needed_days.sku = stock_daily.sku
        and needed_days.warehouse_location = stock_daily.warehouse_location
        and needed_days.day = stock_daily.day
        and (needed_days.store_id = stock_daily.store_id or stores.is_total)
    group by
        needed_days.store_id,
        needed_days.sku,
        needed_days.warehouse_location,
        needed_days.day
),

final as (
    select
        range_sums.store_id,
        range_sums.warehouse_location,
        range_sums.sku,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.elapsed_end,
        periods.days_elapsed,
        {{ count_of('at_end.closing') }} as current_stock_quantity,
        {{ count_of('at_end.available') }} as available_stock_quantity,
        {{ decimal('at_end.stock_value') }} as stock_value,
        {{ count_of('coalesce(before.closing, 0)') }} as opening_stock_quantity,
        {{ count_of('range_sums.units_received') }} as units_received,
        {{ count_of('range_sums.units_sold') }} as units_sold,
        {{ count_of('range_sums.units_returned') }} as units_returned,
        {{ count_of('range_sums.units_transferred') }} as units_transferred,
        {{ count_of('range_sums.units_adjusted') }} as units_adjusted,
        periods.is_complete
    from periods
    inner join range_sums
        on periods.period_start = range_sums.range_start
        and periods.elapsed_end = range_sums.range_end
    inner join stock as at_end
        on range_sums.store_id = at_end.store_id
        and range_sums.sku = at_end.sku
        and range_sums.warehouse_location = at_end.warehouse_location
        and range_sums.range_end = at_end.day
    left join stock as before
        on range_sums.store_id = before.store_id
        and range_sums.sku = before.sku
        and range_sums.warehouse_location = before.warehouse_location
        and {{ add_days(-1, 'range_sums.range_start') }} = before.day
)

select * from final
