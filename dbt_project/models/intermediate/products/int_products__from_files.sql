with

products as (
    select * from {{ ref('stg_files__products') }}
),

final as (
    select
        store_id,
        sku,
        coalesce(product_name, sku) as product_name,
        description,
        category,
        sub_category,
        brand,
        supplier_id,
        unit_cost,
        current_price,
        coalesce(list_price, current_price) as list_price,
        minimum_price,
        maximum_price,
        target_margin_percent,
        reorder_point,
        safety_stock_level,
        lead_time_days,
        order_multiple,
        minimum_order_quantity,
        launch_date,
        coalesce(status, 'active') as status,
        false as is_gift_card,
        created_at,
        updated_at,
        load_id
    from products
)

select * from final
