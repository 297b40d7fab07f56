-- How the products launched of late are taken up.
with

new_products as (
    select * from {{ ref('sales__new_products') }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        revenue_rank,
        sku,
        product_name,
        category,
        introduced_date,
        days_since_launch,
        units as units_sold,
        {{ rounded('revenue') }} as revenue,
        units_first_7_days,
        units_first_30_days,
        {{ rounded('revenue_first_7_days') }} as revenue_first_7_days,
        {{ rounded('revenue_first_30_days') }} as revenue_first_30_days,
        {{ rounded('daily_revenue') }} as daily_revenue,
        {{ rounded('category_daily_revenue') }} as category_daily_revenue,
        {{ rounded('category_index') }} as category_index
    from new_products
)

select * from final
