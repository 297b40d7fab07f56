-- Stock and sales of each SKU, its locations together, on every day from its first stock or sale to
-- the run, and the trailing sums that figures of the day need.
with

stock_daily as (
    select
        store_id,
        sku,
        day,
        sum(closing) as closing,
        sum(available) as available,
        sum(coalesce(stock_value, 0)) as stock_value,
        sum(received) as received,
        max(unit_cost) as unit_cost
    from {{ ref('core__stock_daily') }}
    group by store_id, sku, day
),

activity as (
    select
        store_id,
        sku,
        day,
        sum(transaction_count + state_count) as activity_count
    from {{ ref('int_stock__activity') }}
    group by store_id, sku, day
),

sales as (
    select * from {{ ref('int_stock__sales') }}
),

terms as (
    select * from {{ ref('int_stock__terms') }}
),

calendar as (
    select * from {{ ref('core__calendar') }}
    where day <= {{ as_of_date() }}
),

known_days as (
    select store_id, sku, day from stock_daily
    union all
    select store_id, sku, day from sales
),

first_days as (
    select
        store_id,
        sku,
        min(day) as first_day
    from known_days
    group by store_id, sku
),

joined as (
    select
        first_days.store_id,
        first_days.sku,
        calendar.day,
        coalesce(stock_daily.closing, 0) as closing,
        coalesce(stock_daily.available, 0) as available,
        coalesce(stock_daily.stock_value, 0) as stock_value,
        coalesce(stock_daily.received, 0) as received,
        stock_daily.unit_cost,
        coalesce(activity.activity_count, 0) as activity_count,
        coalesce(sales.units, 0) as units,
        coalesce(sales.cost_of_goods_sold, 0) as cost_of_goods_sold,
        case when sales.has_sale then 1 else 0 end as has_sale,
        coalesce(terms.is_sellable, true) as is_sellable,
        terms.first_received_date
    from first_days
    inner join calendar on first_days.first_day <= calendar.day
    left join stock_daily
        on first_days.store_id = stock_daily.store_id
        and first_days.sku = stock_daily.sku
        and calendar.day = stock_daily.day
    left join activity
        on first_days.store_id = activity.store_id
        and first_days.sku = activity.sku
        and calendar.day = activity.day
    left join sales
        on first_days.store_id = sales.store_id
        and first_days.sku = sales.sku
        and calendar.day = sales.day
    left join terms
        on first_days.store_id = terms.store_id
        and first_days.sku = terms.sku
),

windowed as (
    select
        *,
        sum(units) over (
            partition by store_id, sku order by day
            rows between {{ var('velocity_window_days') - 1 }} preceding and current row
        ) as recent_units,
        sum(units) over (
            partition by store_id, sku order by day
            rows between {{ var('demand_window_days') - 1 }} preceding and current row
        ) as window_units,
        sum(units * units) over (
            partition by store_id, sku order by day
            rows between {{ var('demand_window_days') - 1 }} preceding and current row
        ) as window_squares,
        sum(units) over (
            partition by store_id, sku order by day rows between 364 preceding and current row
        ) as annual_units,
        sum(has_sale) over (
            partition by store_id, sku order by day
            rows between {{ var('dead_stock_days') - 1 }} preceding and current row
        ) as recent_sale_days,
        min(case when available > 0 then day end) over (partition by store_id, sku)
            as first_open_day
    from joined
),

judged as (
    select
        *,
        case when is_sellable and day >= first_open_day then 1 else 0 end as sellable_days
    from windowed
),

final as (
    select
        store_id,
        sku,
        day,
        {{ count_of('closing') }} as closing,
        {{ decimal('stock_value') }} as stock_value,
        unit_cost,
        {{ count_of('received') }} as received,
        {{ count_of('units') }} as units,
        {{ decimal('cost_of_goods_sold') }} as cost_of_goods_sold,
        {{ count_of('recent_units') }} as recent_units,
        {{ count_of('window_units') }} as window_units,
        {{ count_of('window_squares') }} as window_squares,
        {{ count_of('annual_units') }} as annual_units,
        {{ count_of(
            'case when recent_sale_days = 0 and first_received_date <= '
            ~ add_days(-var('dead_stock_days'), 'day') ~ ' then closing else 0 end'
        ) }} as dead_units,
        {{ count_of('sellable_days') }} as sellable_days,
        {{ count_of('case when available <= 0 then sellable_days else 0 end') }} as stockout_days,
        {{ count_of('activity_count') }} as activity_count
    from judged
)

select * from final
