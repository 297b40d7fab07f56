-- Every SKU of each store, and of all stores together: what it is, and what it sold of late.
-- recent: the last days of the trend; previous: as many days before; yearly: the days of ABC.
with

lines as (
    select * from {{ ref('int_sales__lines') }}
),

products as (
    select * from {{ ref('core__products') }}
),

dated as (
    select
        *,
        {{ dbt.datediff('order_day', as_of_date(), 'day') }} as days_ago
    from lines
),

windowed as (
    select
        *,
        case when days_ago < {{ var('product_trend_days') }} then 1 else 0 end as is_recent,
        case
            when
                days_ago >= {{ var('product_trend_days') }}
                and days_ago < 2 * {{ var('product_trend_days') }}
                then 1
            else 0
        end as is_previous,
        case when days_ago < {{ var('abc_window_days') }} then 1 else 0 end as is_yearly
    from dated
),

sold as (
    select
        store_id,
        sku,
        sum(units) as units,
        sum(revenue) as revenue,
        sum(is_recent) as recent_lines,
        sum(is_recent * costed_line) as recent_costed_lines,
        sum(is_recent * units) as recent_units,
        sum(is_recent * revenue) as recent_revenue,
        sum(is_recent * cost_of_goods_sold) as recent_cost_of_goods_sold,
        sum(is_previous * units) as previous_units,
        sum(is_previous * revenue) as previous_revenue,
        sum(is_yearly) as yearly_lines,
        sum(is_yearly * units) as yearly_units,
        sum(is_yearly * revenue) as yearly_revenue,
        min(order_day) as first_sale_date,
        max(order_day) as last_sale_date
    from windowed
    group by store_id, sku
),

store_products as (
    select
        products.store_id,
        products.sku,
        products.product_name,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        coalesce(products.status, 'active') = 'discontinued' as is_discontinued,
        products.launch_date,
        sold.first_sale_date,
        sold.last_sale_date,
        coalesce(sold.units, 0) as units,
        coalesce(sold.revenue, 0) as revenue,
        coalesce(sold.recent_lines, 0) as recent_lines,
        coalesce(sold.recent_costed_lines, 0) as recent_costed_lines,
        coalesce(sold.recent_units, 0) as recent_units,
        coalesce(sold.recent_revenue, 0) as recent_revenue,
        coalesce(sold.recent_cost_of_goods_sold, 0) as recent_cost_of_goods_sold,
        coalesce(sold.previous_units, 0) as previous_units,
        coalesce(sold.previous_revenue, 0) as previous_revenue,
        coalesce(sold.yearly_lines, 0) as yearly_lines,
        coalesce(sold.yearly_units, 0) as yearly_units,
        coalesce(sold.yearly_revenue, 0) as yearly_revenue
    from products
    left join sold
        on products.store_id = sold.store_id
        and products.sku = sold.sku
    where not products.is_gift_card or sold.sku is not null
),

all_stores as (
    select * from store_products
    union all
    select
        'all' as store_id,
        sku,
        max(product_name) as product_name,
        max(category) as category,
        max(brand) as brand,
        -- Discontinued only where no store sells it any more.
        min(case when is_discontinued then 1 else 0 end) = 1 as is_discontinued,
        min(launch_date) as launch_date,
        min(first_sale_date) as first_sale_date,
        max(last_sale_date) as last_sale_date,
        sum(units) as units,
        sum(revenue) as revenue,
        sum(recent_lines) as recent_lines,
        sum(recent_costed_lines) as recent_costed_lines,
        sum(recent_units) as recent_units,
        sum(recent_revenue) as recent_revenue,
        sum(recent_cost_of_goods_sold) as recent_cost_of_goods_sold,
        sum(previous_units) as previous_units,
        sum(previous_revenue) as previous_revenue,
        sum(yearly_lines) as yearly_lines,
        sum(yearly_units) as yearly_units,
        sum(yearly_revenue) as yearly_revenue
    from store_products
    group by sku
),

final as (
    select
        store_id,
        sku,
        product_name,
        category,
        brand,
        {{ count_of('units') }} as units,
        {{ decimal('revenue') }} as revenue,
        {{ count_of('recent_lines') }} as recent_lines,
        {{ count_of('recent_units') }} as recent_units,
        {{ decimal('recent_revenue') }} as recent_revenue,
        {{ decimal(
            'case when recent_costed_lines > 0 then recent_revenue - recent_cost_of_goods_sold end'
        ) }} as recent_gross_profit,
        {{ count_of('previous_units') }} as previous_units,
        {{ decimal('previous_revenue') }} as previous_revenue,
        {{ count_of('yearly_lines') }} as yearly_lines,
        {{ count_of('yearly_units') }} as yearly_units,
        {{ decimal('yearly_revenue') }} as yearly_revenue,
        is_discontinued,
        launch_date,
        first_sale_date,
        last_sale_date,
        coalesce(launch_date, first_sale_date) as introduced_date,
        {{ dbt.datediff('coalesce(launch_date, first_sale_date)', as_of_date(), 'day') }}
            as days_since_launch
    from all_stores
)

select * from final
