-- The stock of each SKU week by week, over the last `heatmap_weeks` weeks, the running one among
-- them.
with

stock_daily as (
    select * from {{ ref('core__stock_daily') }}
    where
        day <= {{ as_of_date() }}
        and day >= {{ add_days(7 - 7 * var('heatmap_weeks'), week_start(as_of_date())) }}
),

products as (
    select * from {{ ref('core__products') }}
),

sku_days as (
    select
        store_id,
        sku,
        day,
        {{ week_start('day') }} as week_start,
        sum(closing) as closing,
        sum(available) as available,
        sum(sold) as sold,
        sum(stock_value) as stock_value
    from stock_daily
    group by store_id, sku, day
),

numbered as (
    select
        *,
        row_number() over (partition by store_id, sku, week_start order by day desc) as days_back
    from sku_days
),

weeks as (
    select
        store_id,
        sku,
        week_start,
        count(*) as days_count,
        sum(case when available <= 0 then 1 else 0 end) as stockout_days,
        -sum(sold) as units_out,
        min(available) as lowest_available,
        max(case when days_back = 1 then closing end) as closing_units,
        max(case when days_back = 1 then stock_value end) as stock_value,
        {{ safe_divide('sum(closing)', 'count(*)') }} as average_units
    from numbered
    group by store_id, sku, week_start
),

final as (
    select
        weeks.store_id,
        weeks.sku,
        weeks.week_start,
        coalesce(products.product_name, weeks.sku) as product_name,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        {{ count_of('weeks.days_count') }} as days_count,
        {{ count_of('weeks.stockout_days') }} as stockout_days,
        {{ count_of('weeks.units_out') }} as units_sold,
        {{ count_of('weeks.lowest_available') }} as lowest_available,
        {{ count_of('weeks.closing_units') }} as closing_units,
        {{ decimal('weeks.stock_value') }} as stock_value,
        weeks.average_units,
        {{ percent(
            'greatest(weeks.average_units, 0)',
            'greatest(max(weeks.average_units) over (partition by weeks.store_id, weeks.sku), 0)'
        ) }} as stock_level_pct
    from weeks
    left join products
        on weeks.store_id = products.store_id
        and weeks.sku = products.sku
)

select * from final
