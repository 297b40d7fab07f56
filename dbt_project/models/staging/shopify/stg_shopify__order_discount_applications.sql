with

source as (
    select * from {{ source('raw_shopify', 'order_discount_applications') }}
),

final as (
    select
        store_id,
        order_id,
        application_index,
        kind,
        code,
        title,
        allocation_method,
        target_selection,
        target_type,
        percentage,
        fixed_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
