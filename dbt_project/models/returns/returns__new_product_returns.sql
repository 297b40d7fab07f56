-- What came back of the sales of new SKUs' first 30, 60 and 90 days: of those that were launched,
-- or where that is unknown first sold, in the last `new_product_return_days`.
with

products as (
    select * from {{ ref('int_return_facts__products') }}
),

sold_days as (
    select
        store_id,
        sku,
        day,
        sum(units) as units
    from {{ ref('int_return_facts__sold') }}
    group by store_id, sku, day
),

lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where has_line and order_day is not null
),

usual as (
    select
        store_id,
        sku,
        sum(units_sold) over (partition by store_id, category) - units_sold as other_units_sold,
        sum(returned_lines) over (partition by store_id, category) - returned_lines as other_lines,
        sum(returned_units) over (partition by store_id, category) - returned_units
            as other_units_returned
    from {{ ref('int_return_facts__sku_reasons') }}
),

spans as (
    select 30 as first_days
    union all
    select 60 as first_days
    union all
    select 90 as first_days
),

first_sales as (
    select
        store_id,
        sku,
        min(day) as first_sale_date
    from sold_days
    group by store_id, sku
),

introduced as (
    select
        products.store_id,
        products.sku,
        products.product_name,
        products.category,
        products.brand,
        products.launch_date is not null as has_launch_date,
        coalesce(products.launch_date, first_sales.first_sale_date) as introduced_date
    from products
    left join first_sales
        on products.store_id = first_sales.store_id
        and products.sku = first_sales.sku
),

new_products as (
    select
        introduced.*,
        {{ dbt.datediff('introduced.introduced_date', as_of_date(), 'day') }} + 1 as age_days,
        spans.first_days
    from introduced
    cross join spans
    where
        {{ dbt.datediff('introduced.introduced_date', as_of_date(), 'day') }}
        between 0 and {{ var('new_product_return_days') }} - 1
),

sold as (
    select
        new_products.store_id,
        new_products.sku,
        new_products.first_days,
        sum(sold_days.units) as units_sold
    from new_products
    inner join sold_days
        on new_products.store_id = sold_days.store_id
        and new_products.sku = sold_days.sku
        and {{ dbt.datediff('new_products.introduced_date', 'sold_days.day', 'day') }}
        between 0 and new_products.first_days - 1
    group by new_products.store_id, new_products.sku, new_products.first_days
),

returned as (
    select
        new_products.store_id,
        new_products.sku,
        new_products.first_days,
        count(*) as returned_lines,
        sum(lines.units) as units_returned,
        sum(case when lines.return_reason_category = 'product_quality' then lines.units else 0 end)
            as defect_units,
        sum(lines.refund_amount) as return_value
    from new_products
    inner join lines
        on new_products.store_id = lines.store_id
        and new_products.sku = lines.sku
        and {{ dbt.datediff('new_products.introduced_date', 'lines.order_day', 'day') }}
        between 0 and new_products.first_days - 1
    group by new_products.store_id, new_products.sku, new_products.first_days
),

measured as (
    select
        new_products.*,
        coalesce(sold.units_sold, 0) as units_sold,
        coalesce(returned.returned_lines, 0) as returned_lines,
        coalesce(returned.units_returned, 0) as units_returned,
        coalesce(returned.defect_units, 0) as defect_units,
        coalesce(returned.return_value, 0) as return_value,
        {{ percent('usual.other_units_returned', 'usual.other_units_sold') }}
            as category_return_rate,
        coalesce(usual.other_lines, 0) as other_lines,
        coalesce(usual.other_units_sold, 0) as other_units_sold
    from new_products
    left join sold
        on new_products.store_id = sold.store_id
        and new_products.sku = sold.sku
        and new_products.first_days = sold.first_days
    left join returned
        on new_products.store_id = returned.store_id
        and new_products.sku = returned.sku
        and new_products.first_days = returned.first_days
    left join usual
        on new_products.store_id = usual.store_id
        and new_products.sku = usual.sku
),

scored as (
    select
        *,
        {{ excess_score('returned_lines', 'units_sold', 'other_lines', 'other_units_sold') }}
            as excess_score
    from measured
),

final as (
    select
        store_id,
        sku,
        first_days,
        product_name,
        category,
        brand,
        {{ count_of('age_days') }} as age_days,
        {{ count_of('units_sold') }} as units_sold,
        {{ count_of('units_returned') }} as units_returned,
        {{ count_of('defect_units') }} as defect_units,
        {{ decimal('return_value') }} as return_value,
        {{ percent('units_returned', 'units_sold') }} as return_rate,
        category_return_rate,
        excess_score,
        coalesce(excess_score >= {{ var('return_excess_score') }}, false) as is_beyond_chance,
        age_days >= first_days as is_complete,
        has_launch_date,
        introduced_date
    from scored
)

select * from final
