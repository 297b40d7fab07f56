-- What each location needs of a SKU: first what other locations can spare (the allocation), then
-- what to order for it.
with

needs as (
    select * from {{ ref('int_stock__location_needs') }}
),

skus as (
    select * from {{ ref('inventory__reorder_recommendations') }}
),

incoming as (
    select
        store_id,
        sku,
        to_location as warehouse_location,
        sum(units) as transfer_units,
        sum(transfer_cost) as transfer_cost
    from {{ ref('inventory__allocation') }}
    group by store_id, sku, to_location
),

joined as (
    select
        needs.*,
        skus.product_name,
        skus.category,
        skus.brand,
        skus.supplier_id,
        skus.supplier_name,
        skus.unit_cost,
        skus.order_multiple,
        skus.minimum_order_quantity,
        skus.is_due as is_sku_due,
        coalesce(incoming.transfer_units, 0) as transfer_units,
        coalesce(incoming.transfer_cost, 0) as transfer_cost,
        needs.available + needs.on_order_units + coalesce(incoming.transfer_units, 0)
            as inventory_position,
        greatest(
            coalesce(
                {{ rounded_up(
                    'nullif(skus.economic_order_quantity * '
                    ~ square_root('needs.demand_share') ~ ', 0)'
                ) }},
                {{ rounded_up('needs.average_daily_units * ' ~ var('reorder_cover_days')) }}
            ),
            1
        ) as lot
    from needs
    inner join skus
        on needs.store_id = skus.store_id
        and needs.sku = skus.sku
    left join incoming
        on needs.store_id = incoming.store_id
        and needs.sku = incoming.sku
        and needs.warehouse_location = incoming.warehouse_location
),

dated as (
    select
        *,
        inventory_position < reorder_point
        or (inventory_position <= 0 and annual_units > 0 and is_sku_due) as is_due,
        {{ days_until_stockout('available', 'recent_units') }} as days_until_stockout,
        {{ rounded_down(
            days_of_stock('inventory_position - reorder_point', 'recent_units')
        ) }} as days_until_due
    from joined
),

sized as (
    select
        *,
        case
            when is_due
                then {{ pack_up(
                    'lot * greatest(' ~ rounded_up(
                        safe_divide('reorder_point - inventory_position', 'lot')
                    ) ~ ', 1)',
                    'order_multiple', 'minimum_order_quantity'
                ) }}
            else 0
        end as recommended_quantity,
        case
            when is_due then {{ as_of_date() }}
            when days_until_due <= {{ var('planning_horizon_days') }}
                then {{ add_days('cast(days_until_due as integer)', as_of_date()) }}
        end as order_by_date
    from dated
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        product_name,
        category,
        brand,
        supplier_id,
        supplier_name,
        case
            when transfer_units > 0 and is_due then 'transfer_and_order'
            when transfer_units > 0 then 'transfer'
            when is_due then 'order'
            else 'wait'
        end as action,
        {{ dbt.concat([
            text_of('available'), "' available, '", text_of('on_order_units'), "' on order and '",
            text_of('transfer_units'), "' to be sent from other locations; the reorder point is '",
            text_of('reorder_point'), "'.'",
        ]) }} as reason_text,
        available as quantity_available,
        on_order_units,
        {{ count_of('transfer_units') }} as transfer_units,
        {{ count_of('inventory_position') }} as inventory_position,
        average_daily_units,
        daily_units_deviation,
        lead_time_days,
        safety_stock,
        reorder_point,
        surplus_units,
        shortage_units,
        recommended_quantity,
        unit_cost,
        {{ decimal('recommended_quantity * unit_cost') }} as recommended_cost,
        {{ decimal('transfer_cost') }} as transfer_cost,
        days_until_stockout,
        order_by_date,
        is_due
    from sized
)

select * from final
