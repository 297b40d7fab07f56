-- Where each SKU stands in its life. The first rule that fits decides.
with

products as (
    select * from {{ ref('int_sales__products') }}
),

trends as (
    select
        *,
        {{ change_pct('recent_units', 'previous_units') }} as trend_pct
    from products
),

final as (
    select
        store_id,
        sku,
        product_name,
        category,
        brand,
        case
            when is_discontinued then 'discontinued'
            when first_sale_date is null then 'not_sold'
            when days_since_launch < {{ var('new_product_days') }} then 'introduction'
            when recent_units = 0 and previous_units = 0 then 'discontinued'
            when previous_units = 0 then 'growth'
            when trend_pct >= {{ var('lifecycle_growth_pct') }} then 'growth'
            when trend_pct <= -{{ var('lifecycle_decline_pct') }} then 'decline'
            else 'maturity'
        end as lifecycle_stage,
        units,
        revenue,
        recent_units,
        previous_units,
        recent_revenue,
        previous_revenue,
        trend_pct,
        yearly_revenue,
        days_since_launch,
        {{ dbt.datediff('last_sale_date', as_of_date(), 'day') }} as days_since_last_sale,
        is_discontinued,
        launch_date,
        first_sale_date,
        last_sale_date
    from trends
)

select * from final
