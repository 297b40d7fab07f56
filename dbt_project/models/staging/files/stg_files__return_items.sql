with

source as (
    select * from {{ source('raw_files', 'return_items') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        return_item_id,
        return_id,
        order_item_id,
        sku,
        quantity_returned,
        return_reason_category,
        return_reason_detail,
        condition_received,
        coalesce(resaleable, false) as resaleable,
        restocked_value,
        refund_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
