-- Days on which a SKU was out of stock and may have been missed: nothing was available at the close
-- at any location, and it takes no backorders. Nobody misses a discontinued SKU after its last
-- piece, nor one that has been away for months.
with

skus as (
    select * from {{ ref('int_forecast__skus') }}
    where first_stock_day is not null and not takes_backorders
),

stock_days as (
    select
        store_id,
        sku,
        day,
        sum(available) as available
    from {{ ref('core__stock_daily') }}
    where day <= {{ as_of_date() }}
    group by store_id, sku, day
),

followed as (
    select
        *,
        max(case when available > 0 then day end) over (
            partition by store_id, sku order by day
            rows between unbounded preceding and current row
        ) as last_available_day
    from stock_days
),

final as (
    select
        followed.store_id,
        followed.sku,
        followed.day
    from followed
    inner join skus
        on followed.store_id = skus.store_id
        and followed.sku = skus.sku
    where
        followed.available <= 0
        and followed.day >= skus.first_stock_day
        and {{ dbt.datediff(
            'coalesce(followed.last_available_day, skus.first_stock_day)', 'followed.day', 'day'
        ) }} <= {{ var('forecast_stockout_days') }}
        and (not skus.is_discontinued or followed.day <= skus.last_available_day)
)

select * from final
