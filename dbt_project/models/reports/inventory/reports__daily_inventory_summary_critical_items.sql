-- The SKUs that are out or below their safety stock, those that sell most first.
with

stock_status as (
    select * from {{ ref('inventory__stock_status') }}
    where stock_status in ('out', 'critical') and product_status <> 'discontinued'
),

recommendations as (
    select * from {{ ref('inventory__reorder_recommendations') }}
),

lost_sales as (
    select * from {{ ref('inventory__lost_sales') }}
),

final as (
    select
        stock_status.store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by stock_status.store_id
            order by stock_status.average_daily_units desc, {{ by_text('stock_status.sku') }}
        ) as demand_rank,
        stock_status.sku,
        stock_status.product_name,
        stock_status.category,
        stock_status.stock_status,
        recommendations.supplier_name,
        stock_status.quantity_available,
        stock_status.safety_stock,
        stock_status.reorder_point,
        {{ rounded('stock_status.average_daily_units') }} as average_daily_units,
        {{ rounded('recommendations.days_until_stockout') }} as days_until_stockout,
        stock_status.on_order_units,
        stock_status.next_delivery_date,
        recommendations.recommended_quantity,
        {{ rounded('recommendations.recommended_cost') }} as recommended_cost,
        {{ rounded('lost_sales.lost_revenue') }} as lost_revenue,
        recommendations.reason_text
    from stock_status
    left join recommendations
        on stock_status.store_id = recommendations.store_id
        and stock_status.sku = recommendations.sku
    left join lost_sales
        on stock_status.store_id = lost_sales.store_id
        and stock_status.sku = lost_sales.sku
)

select * from final
