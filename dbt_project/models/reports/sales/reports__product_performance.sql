-- The fifty SKUs with the most and the fifty with the least revenue of those sold in thirty days.
with

products as (
    select * from {{ ref('sales__metrics_by_product') }}
    where period_type = 'last_30_days'
),

attributes as (
    select * from {{ ref('sales__product_lifecycle') }}
),

ranked as (
    select
        *,
        row_number() over (partition by store_id order by revenue_rank desc) as reverse_rank
    from products
),

listed as (
    select
        *,
        'top' as list,
        revenue_rank as list_position
    from ranked
    where revenue_rank <= 50
    union all
    select
        *,
        'bottom' as list,
        reverse_rank as list_position
    from ranked
    where reverse_rank <= 50
),

final as (
    select
        listed.store_id,
        {{ as_of_date() }} as as_of_date,
        listed.revenue_rank,
        listed.list,
        listed.list_position,
        listed.sku,
        attributes.product_name,
        attributes.category,
        attributes.brand,
        attributes.lifecycle_stage,
        {{ rounded('listed.total_revenue') }} as revenue,
        {{ rounded('listed.product_contribution_pct') }} as revenue_pct,
        {{ rounded('listed.sales_growth_rate') }} as revenue_change_pct,
        listed.total_units_sold as units_sold,
        {{ rounded('listed.product_velocity') }} as units_per_day,
        listed.orders_count,
        {{ rounded('listed.gross_profit') }} as gross_profit,
        {{ rounded('listed.gross_margin_pct') }} as gross_margin_pct,
        listed.units_rank
    from listed
    left join attributes
        on listed.store_id = attributes.store_id
        and listed.sku = attributes.sku
)

select * from final
