-- The SKUs of which anything came back for its quality in a year, the worst score first.
with

products as (
    select * from {{ ref('returns__product_quality') }}
    where defect_units > 0
),

suppliers as (
    select * from {{ ref('core__suppliers') }}
),

final as (
    select
        products.store_id,
        {{ as_of_date() }} as as_of_date,
        products.worst_rank,
        products.sku,
        products.product_name,
        products.category,
        products.brand,
        products.supplier_id,
        suppliers.supplier_name,
        products.quality_grade,
        {{ rounded('products.quality_score') }} as quality_score,
        products.units_sold,
        products.returned_units,
        products.defect_units,
        {{ rounded('products.defect_return_pct') }} as defect_return_pct,
        {{ rounded('products.store_defect_pct') }} as store_defect_pct,
        products.damaged_units,
        products.stopped_units,
        products.poor_units,
        products.not_described_units,
        products.evidence,
        products.last_defect_date
    from products
    left join suppliers
        on products.store_id = suppliers.store_id
        and products.supplier_id = suppliers.supplier_id
)

select * from final
