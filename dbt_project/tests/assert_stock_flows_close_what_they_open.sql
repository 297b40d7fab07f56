-- A row is a day and location whose stock is not what was there, and came in, less what went out.
with

flow_daily as (
    select * from {{ ref('inventory__flow_daily') }}
),

final as (
    select
        store_id,
        warehouse_location,
        day,
        opening_units,
        units_in,
        units_out,
        closing_units
    from flow_daily
    where
        opening_units + units_in - units_out <> closing_units
        or opening_units + received_units - sold_units + returned_units + transferred_in_units
        - transferred_out_units + adjusted_up_units - adjusted_down_units <> closing_units
)

select * from final
