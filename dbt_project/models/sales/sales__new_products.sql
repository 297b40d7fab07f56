-- SKUs launched of late, ranked, and held against what a SKU of their category sells a day.
with

products as (
    select * from {{ ref('int_sales__products') }}
),

lines as (
    select * from {{ ref('int_sales__lines') }}
    where order_day > {{ add_days(-var('new_product_days'), as_of_date()) }}
),

new_products as (
    select * from products
    where days_since_launch between 0 and {{ var('new_product_days') }} - 1
),

category_means as (
    select
        store_id,
        category,
        {{ safe_divide('sum(recent_revenue)', 'count(*) * ' ~ var('product_trend_days')) }}
            as category_daily_revenue
    from products
    where recent_lines > 0
    group by store_id, category
),

store_sku_days as (
    select
        store_id,
        sku,
        order_day,
        sum(units) as units,
        sum(revenue) as revenue
    from lines
    group by store_id, sku, order_day
),

sku_days as (
    select * from store_sku_days
    union all
    select
        'all' as store_id,
        sku,
        order_day,
        sum(units) as units,
        sum(revenue) as revenue
    from store_sku_days
    group by sku, order_day
),

aged as (
    select
        new_products.store_id,
        new_products.sku,
        sku_days.units,
        sku_days.revenue,
        {{ dbt.datediff('new_products.introduced_date', 'sku_days.order_day', 'day') }} as age_days
    from new_products
    inner join sku_days
        on new_products.store_id = sku_days.store_id
        and new_products.sku = sku_days.sku
        and new_products.introduced_date <= sku_days.order_day
),

sold as (
    select
        store_id,
        sku,
        sum(units) as units,
        sum(revenue) as revenue,
        sum(case when age_days < 7 then units else 0 end) as units_first_7_days,
        sum(case when age_days < 30 then units else 0 end) as units_first_30_days,
        sum(case when age_days < 60 then units else 0 end) as units_first_60_days,
        sum(case when age_days < 90 then units else 0 end) as units_first_90_days,
        sum(case when age_days < 7 then revenue else 0 end) as revenue_first_7_days,
        sum(case when age_days < 30 then revenue else 0 end) as revenue_first_30_days,
        sum(case when age_days < 60 then revenue else 0 end) as revenue_first_60_days,
        sum(case when age_days < 90 then revenue else 0 end) as revenue_first_90_days
    from aged
    group by store_id, sku
),

measured as (
    select
        new_products.store_id,
        new_products.sku,
        new_products.product_name,
        new_products.category,
        new_products.brand,
        new_products.introduced_date,
        new_products.days_since_launch,
        coalesce(sold.units, 0) as units,
        coalesce(sold.revenue, 0) as revenue,
        coalesce(sold.units_first_7_days, 0) as units_first_7_days,
        coalesce(sold.units_first_30_days, 0) as units_first_30_days,
        coalesce(sold.units_first_60_days, 0) as units_first_60_days,
        coalesce(sold.units_first_90_days, 0) as units_first_90_days,
        coalesce(sold.revenue_first_7_days, 0) as revenue_first_7_days,
        coalesce(sold.revenue_first_30_days, 0) as revenue_first_30_days,
        coalesce(sold.revenue_first_60_days, 0) as revenue_first_60_days,
        coalesce(sold.revenue_first_90_days, 0) as revenue_first_90_days,
        {{ safe_divide('coalesce(sold.revenue, 0)', 'new_products.days_since_launch + 1') }}
            as daily_revenue,
        category_means.category_daily_revenue
    from new_products
    left join sold
        on new_products.store_id = sold.store_id
        and new_products.sku = sold.sku
    left join category_means
        on new_products.store_id = category_means.store_id
        and new_products.category = category_means.category
),

final as (
    select
        store_id,
        sku,
        product_name,
        category,
        brand,
        row_number() over (
            partition by store_id order by revenue desc, {{ by_text('sku') }}
        ) as revenue_rank,
        days_since_launch,
        {{ count_of('units') }} as units,
        {{ decimal('revenue') }} as revenue,
        {{ count_of('units_first_7_days') }} as units_first_7_days,
        {{ count_of('units_first_30_days') }} as units_first_30_days,
        {{ count_of('units_first_60_days') }} as units_first_60_days,
        {{ count_of('units_first_90_days') }} as units_first_90_days,
        {{ decimal('revenue_first_7_days') }} as revenue_first_7_days,
        {{ decimal('revenue_first_30_days') }} as revenue_first_30_days,
        {{ decimal('revenue_first_60_days') }} as revenue_first_60_days,
        {{ decimal('revenue_first_90_days') }} as revenue_first_90_days,
        daily_revenue,
        category_daily_revenue,
        {{ percent('daily_revenue', 'category_daily_revenue') }} as category_index,
        introduced_date
    from measured
)

select * from final
