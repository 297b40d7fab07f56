with

source as (
    select * from {{ source('raw_shopify', 'order_lines') }}
),

final as (
    select
        store_id,
        id as order_line_id,
        order_id,
        position,
        product_id,
        variant_id,
        nullif(trim(sku), '') as sku,
        title,
        variant_title,
        vendor,
        quantity,
        current_quantity,
        unfulfilled_quantity,
        coalesce(is_gift_card, false) as is_gift_card,
        coalesce(requires_shipping, false) as requires_shipping,
        coalesce(is_taxable, false) as is_taxable,
        original_unit_price_amount,
        original_unit_price_presentment_amount,
        original_total_amount,
        original_total_presentment_amount,
        discounted_total_amount,
        discounted_total_presentment_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
