with

source as (
    select * from {{ source('raw_shopify', 'order_line_discounts') }}
),

final as (
    select
        store_id,
        order_line_id,
        order_id,
        position,
        application_index,
        allocated_amount,
        allocated_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
