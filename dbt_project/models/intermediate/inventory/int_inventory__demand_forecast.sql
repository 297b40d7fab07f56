-- The units that the latest forecast expects of each SKU on the days after the run; empty as long
-- as nothing forecasts demand.
with

final as (
    select
        store_id,
        sku,
        day,
        cast(units as {{ type_ratio() }}) as units
    from {{ ref('int_stock__sales') }}
    where false
)

select * from final
