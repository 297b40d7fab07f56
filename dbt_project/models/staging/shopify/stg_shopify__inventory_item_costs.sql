with

source as (
    select * from {{ source('raw_shopify', 'inventory_item_costs') }}
),

final as (
    select
        store_id,
        inventory_item_id,
        observed_on,
        unit_cost_amount,
        unit_cost_currency,
        _dlt_load_id as load_id
    from source
)

select * from final
