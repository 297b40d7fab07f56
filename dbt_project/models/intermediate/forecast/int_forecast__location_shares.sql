-- How the forecast of a SKU that is held at several locations is shared out among them: by what
-- each of them sold within the year.
with

location_sales as (
    select
        *,
        count(*) over (partition by store_id, sku) as location_count
    from {{ ref('int_stock__location_sales') }}
),

skus as (
    select * from {{ ref('int_forecast__skus') }}
),

final as (
    select
        location_sales.store_id,
        location_sales.sku,
        location_sales.warehouse_location,
        location_sales.demand_share as share
    from location_sales
    inner join skus
        on location_sales.store_id = skus.store_id
        and location_sales.sku = skus.sku
    where location_sales.location_count > 1
)

select * from final
