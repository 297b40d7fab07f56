-- Which location sends how many units of a SKU to which other, as worked out after the core build.
with

allocation as (
    select * from {{ ref('stg_ml__allocation') }}
),

needs as (
    select * from {{ ref('int_stock__location_needs') }}
),

positions as (
    select * from {{ ref('int_inventory__positions') }}
),

final as (
    select
        allocation.store_id,
        allocation.sku,
        allocation.from_location,
        allocation.to_location,
        coalesce(positions.product_name, allocation.sku) as product_name,
        coalesce(positions.category, 'unknown') as category,
        coalesce(positions.brand, 'unknown') as brand,
        case
            when receivers.available <= 0 then 'receiver_out_of_stock'
            when receivers.available < receivers.safety_stock then 'receiver_below_safety_stock'
            else 'receiver_below_reorder_point'
        end as reason,
        {{ dbt.concat([
            'allocation.to_location', "' has '", text_of('coalesce(receivers.available, 0)'),
            "' and needs '", text_of('coalesce(receivers.reorder_point, 0)'), "'; '",
            'allocation.from_location', "' has '", text_of('coalesce(senders.available, 0)'),
            "' and can spare '", text_of('coalesce(senders.surplus_units, 0)'), "'.'",
        ]) }} as reason_text,
        {{ count_of('allocation.units') }} as units,
        {{ decimal('allocation.transfer_cost') }} as transfer_cost,
        {{ safe_divide('allocation.transfer_cost', 'allocation.units') }} as cost_per_unit,
        {{ decimal('allocation.units * positions.unit_cost') }} as stock_value,
        senders.available as from_available,
        senders.reorder_point as from_reorder_point,
        senders.surplus_units as from_surplus_units,
        receivers.available as to_available,
        receivers.reorder_point as to_reorder_point,
        receivers.shortage_units as to_shortage_units,
        {{ days_until_stockout('receivers.available', 'receivers.recent_units') }}
            as to_days_until_stockout
    from allocation
    left join positions
        on allocation.store_id = positions.store_id
        and allocation.sku = positions.sku
    left join needs as senders
        on allocation.store_id = senders.store_id
        and allocation.sku = senders.sku
        and allocation.from_location = senders.warehouse_location
    left join needs as receivers
        on allocation.store_id = receivers.store_id
        and allocation.sku = receivers.sku
        and allocation.to_location = receivers.warehouse_location
)

select * from final
