-- How each supplier delivers: punctual, how long it takes, how much arrives, how much comes back.
-- It is called late or bad when the share is so beyond chance: by two standard errors.
with

suppliers as (
    select * from {{ ref('core__suppliers') }}
),

deliveries as (
    select * from {{ ref('int_inventory__supplier_deliveries') }}
),

open_orders as (
    select
        store_id,
        supplier_id,
        count(*) as open_lines,
        sum(open_units) as open_units,
        sum(case when is_overdue then 1 else 0 end) as overdue_lines
    from {{ ref('int_stock__open_orders') }}
    group by store_id, supplier_id
),

quality as (
    select * from {{ ref('int_inventory__supplier_quality') }}
),

measured as (
    select
        suppliers.store_id,
        suppliers.supplier_id,
        suppliers.supplier_name,
        suppliers.country,
        suppliers.lead_time_days as promised_lead_time_days,
        {{ count_of('coalesce(quality.skus_count, 0)') }} as skus_count,
        {{ count_of('coalesce(deliveries.order_lines, 0)') }} as order_lines,
        {{ count_of('coalesce(deliveries.received_lines, 0)') }} as received_lines,
        {{ count_of('coalesce(deliveries.promised_lines, 0)') }} as promised_lines,
        {{ count_of('coalesce(open_orders.open_lines, 0)') }} as open_lines,
        {{ count_of('coalesce(open_orders.overdue_lines, 0)') }} as overdue_lines,
        {{ count_of('coalesce(open_orders.open_units, 0)') }} as open_units,
        {{ count_of('coalesce(deliveries.ordered_units, 0)') }} as ordered_units,
        {{ count_of('coalesce(deliveries.received_units, 0)') }} as received_units,
        deliveries.received_value,
        deliveries.on_time_pct,
        deliveries.average_lead_time,
        deliveries.lead_time_deviation,
        deliveries.lead_time_90th_percentile,
        deliveries.average_days_late,
        deliveries.fill_rate_pct,
        {{ count_of('coalesce(quality.units_sold, 0)') }} as units_sold,
        {{ count_of('coalesce(quality.units_returned, 0)') }} as units_returned,
        {{ count_of('coalesce(quality.defective_units, 0)') }} as defective_units,
        {{ percent('quality.units_returned', 'quality.units_sold') }} as return_rate_pct,
        {{ percent('quality.defective_units', 'quality.units_sold') }} as defect_return_pct,
        deliveries.last_order_date
    from suppliers
    left join deliveries
        on suppliers.store_id = deliveries.store_id
        and suppliers.supplier_id = deliveries.supplier_id
    left join open_orders
        on suppliers.store_id = open_orders.store_id
        and suppliers.supplier_id = open_orders.supplier_id
    left join quality
        on suppliers.store_id = quality.store_id
        and suppliers.supplier_id = quality.supplier_id
),

final as (
    select
        *,
        promised_lines >= {{ var('supplier_minimum_lines') }}
        and coalesce(
            on_time_pct + 2 * {{ error_of_pct('on_time_pct', 'promised_lines') }}
            < {{ var('supplier_on_time_pct') }},
            false
        ) as is_often_late,
        coalesce(
            defect_return_pct - 2 * {{ error_of_pct('defect_return_pct', 'units_sold') }}
            > {{ var('supplier_defect_pct') }},
            false
        ) as has_quality_issue
    from measured
)

select * from final
