with

source as (
    select * from {{ source('raw_shopify', 'exchange_lines') }}
),

final as (
    select
        store_id,
        id as exchange_line_id,
        return_id,
        order_id,
        variant_id,
        quantity,
        processed_quantity,
        _dlt_load_id as load_id
    from source
)

select * from final
