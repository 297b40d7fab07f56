-- One row a movement of stock, signed by its effect on the location: what the shop tells, and what
-- its orders, deliveries, returns and transfers tell where the shop is silent.
with

from_files as (
    select * from {{ ref('int_stock__movements_from_files') }}
),

from_orders as (
    select * from {{ ref('int_stock__movements_from_orders') }}
),

from_shopify as (
    select * from {{ ref('int_stock__movements_from_shopify') }}
),

derived as (
    select * from from_orders
    union all
    select * from from_shopify
),

unioned as (
    select * from from_files
    union all
    select
        store_id,
        transaction_id,
        sku,
        warehouse_location,
        transaction_type,
        quantity,
        unit_cost,
        reference_id,
        transaction_date,
        transaction_day,
        cast(null as {{ dbt.type_string() }}) as supplier_id,
        cast(null as {{ dbt.type_string() }}) as notes,
        origin
    from derived
),

final as (
    select
        store_id,
        transaction_id,
        sku,
        warehouse_location,
        transaction_type,
        {{ count_of('quantity') }} as quantity,
        {{ decimal('unit_cost') }} as unit_cost,
        reference_id,
        transaction_date,
        transaction_day,
        supplier_id,
        notes,
        origin
    from unioned
)

select * from final
