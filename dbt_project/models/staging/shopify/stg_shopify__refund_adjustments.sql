with

source as (
    select * from {{ source('raw_shopify', 'refund_adjustments') }}
),

final as (
    select
        store_id,
        id as refund_adjustment_id,
        refund_id,
        order_id,
        reason,
        adjustment_amount,
        adjustment_presentment_amount,
        tax_amount,
        tax_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
