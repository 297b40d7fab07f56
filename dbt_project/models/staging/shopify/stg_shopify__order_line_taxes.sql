with

source as (
    select * from {{ source('raw_shopify', 'order_line_taxes') }}
),

final as (
    select
        store_id,
        order_line_id,
        order_id,
        position,
        title,
        rate,
        tax_amount,
        tax_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
