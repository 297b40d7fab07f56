-- Units of each supplier's SKUs that were sold, and came back, in the last `supplier_quality_days`.
with

demand as (
    select * from {{ ref('int_stock__demand') }}
    where supplier_id is not null
),

lines as (
    select
        store_id,
        sku,
        sum(units) as units_sold
    from {{ ref('int_sales__lines') }}
    where {{ dbt.datediff('order_day', as_of_date(), 'day') }} < {{ var('supplier_quality_days') }}
    group by store_id, sku
),

return_items as (
    select
        store_id,
        sku,
        sum(quantity_returned) as units_returned,
        sum(case when return_reason_category = 'product_quality' then quantity_returned end)
            as defective_units
    from {{ ref('core__return_items') }}
    where
        is_counted
        and return_date <= {{ as_of_date() }}
        and {{ dbt.datediff('return_date', as_of_date(), 'day') }}
        < {{ var('supplier_quality_days') }}
    group by store_id, sku
),

final as (
    select
        demand.store_id,
        demand.supplier_id,
        {{ count_of('count(*)') }} as skus_count,
        {{ count_of('coalesce(sum(lines.units_sold), 0)') }} as units_sold,
        {{ count_of('coalesce(sum(return_items.units_returned), 0)') }} as units_returned,
        {{ count_of('coalesce(sum(return_items.defective_units), 0)') }} as defective_units
    from demand
    left join lines
        on demand.store_id = lines.store_id
        and demand.sku = lines.sku
    left join return_items
        on demand.store_id = return_items.store_id
        and demand.sku = return_items.sku
    group by demand.store_id, demand.supplier_id
)

select * from final
