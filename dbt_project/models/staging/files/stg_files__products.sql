with

source as (
    select * from {{ source('raw_files', 'products') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.sku,
        source.product_name,
        source.description,
        source.category,
        source.sub_category,
        source.brand,
        source.supplier_id,
        source.unit_cost,
        source.current_price,
        source.list_price,
        source.minimum_price,
        source.maximum_price,
        source.target_margin_percent,
        source.reorder_point,
        source.safety_stock_level,
        source.lead_time_days,
        source.order_multiple,
        source.minimum_order_quantity,
        source.launch_date,
        source.status,
        {{ instant('source.created_at', time_zone()) }} as created_at,
        {{ instant('source.updated_at', time_zone()) }} as updated_at,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
