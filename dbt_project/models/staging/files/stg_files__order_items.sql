with

source as (
    select * from {{ source('raw_files', 'order_items') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        order_item_id,
        order_id,
        sku,
        product_name,
        quantity,
        unit_price,
        unit_cost,
        discount_amount,
        total_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
