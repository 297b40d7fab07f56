-- One row a supplier. One that is only named by a product, an order or a delivery is made up and
-- flagged is_inferred.
with

suppliers as (
    select * from {{ ref('stg_files__suppliers') }}
),

products as (
    select distinct store_id, supplier_id from {{ ref('core__products') }}
),

purchase_orders as (
    select distinct store_id, supplier_id from {{ ref('core__purchase_orders') }}
),

transactions as (
    select distinct store_id, supplier_id from {{ ref('core__inventory_transactions') }}
),

mentioned as (
    select store_id, supplier_id from products
    union distinct
    select store_id, supplier_id from purchase_orders
    union distinct
    select store_id, supplier_id from transactions
    union distinct
    select store_id, supplier_id from suppliers
),

final as (
    select
        mentioned.store_id,
        mentioned.supplier_id,
        coalesce(suppliers.supplier_name, mentioned.supplier_id) as supplier_name,
        suppliers.country,
        suppliers.lead_time_days,
        suppliers.supplier_id is null as is_inferred
    from mentioned
    left join suppliers
        on mentioned.store_id = suppliers.store_id
        and mentioned.supplier_id = suppliers.supplier_id
    where mentioned.supplier_id is not null
)

select * from final
