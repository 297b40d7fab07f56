with

source as (
    select * from {{ source('raw_files', 'cost_data') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        sku,
        cost_of_goods,
        cost_date,
        supplier_id,
        shipping_cost,
        handling_cost,
        total_landed_cost,
        _dlt_load_id as load_id
    from source
)

select * from final
