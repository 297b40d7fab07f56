-- Days of the last `lost_sales_window_days` on which each SKU was there and was not, and what sold
-- on them. A SKU is out when nothing was available at the close of the day at any location.
with

first_days as (
    select
        store_id,
        sku,
        min(day) as first_day
    from {{ ref('core__stock_daily') }}
    where closing > 0
    group by store_id, sku
),

stock_days as (
    select
        stock_daily.store_id,
        stock_daily.sku,
        stock_daily.day,
        case when sum(stock_daily.available) <= 0 then 1 else 0 end as is_out
    from {{ ref('core__stock_daily') }} as stock_daily
    inner join first_days
        on stock_daily.store_id = first_days.store_id
        and stock_daily.sku = first_days.sku
        and stock_daily.day >= first_days.first_day
    where
        stock_daily.day <= {{ as_of_date() }}
        and stock_daily.day > {{ add_days(-1 * var('lost_sales_window_days'), as_of_date()) }}
    group by stock_daily.store_id, stock_daily.sku, stock_daily.day
),

sold as (
    select
        store_id,
        sku,
        order_day as day,
        sum(units) as units,
        sum(revenue) as revenue
    from {{ ref('int_sales__lines') }}
    group by store_id, sku, order_day
),

final as (
    select
        stock_days.store_id,
        stock_days.sku,
        {{ count_of('sum(stock_days.is_out)') }} as stockout_days,
        {{ count_of('sum(1 - stock_days.is_out)') }} as in_stock_days,
        max(case when stock_days.is_out = 1 then stock_days.day end) as last_stockout_date,
        {{ count_of('coalesce(sum(sold.units), 0)') }} as units,
        {{ count_of('coalesce(sum(stock_days.is_out * sold.units), 0)') }} as stockout_units,
        {{ decimal('coalesce(sum(sold.revenue), 0)') }} as revenue
    from stock_days
    left join sold
        on stock_days.store_id = sold.store_id
        and stock_days.sku = sold.sku
        and stock_days.day = sold.day
    group by stock_days.store_id, stock_days.sku
)

select * from final
