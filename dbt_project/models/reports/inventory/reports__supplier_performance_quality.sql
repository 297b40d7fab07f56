-- The SKUs of which customers send back more than their store's average, by supplier, over a year.
with

products as (
    select
        *,
        {{ count_of('round(coalesce(returned_units * defect_rate, 0) / 100, 0)') }}
            as defective_units
    from {{ ref('returns__metrics_by_product') }}
    where period_type = 'last_365_days' and returned_units > 0
),

stores as (
    select * from {{ ref('returns__metrics') }}
    where period_type = 'last_365_days'
),

stock_status as (
    select * from {{ ref('inventory__stock_status') }}
),

suppliers as (
    select * from {{ ref('inventory__suppliers') }}
),

measured as (
    select
        products.*,
        stores.return_rate as store_return_rate,
        stock_status.supplier_id,
        stock_status.category,
        {{ percent('products.defective_units', 'products.total_units_sold') }}
            as defect_return_rate
    from products
    inner join stores on products.store_id = stores.store_id
    inner join stock_status
        on products.store_id = stock_status.store_id
        and products.sku = stock_status.sku
    where products.return_rate > stores.return_rate and stock_status.supplier_id is not null
),

final as (
    select
        measured.store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by measured.store_id
            order by
                coalesce(measured.defect_return_rate, 0) desc,
                measured.return_rate desc,
                {{ by_text('measured.sku') }}
        ) as defect_rank,
        measured.supplier_id,
        suppliers.supplier_name,
        measured.sku,
        measured.product_name,
        measured.category,
        measured.total_units_sold as units_sold,
        measured.returned_units,
        measured.defective_units,
        {{ rounded('measured.return_rate') }} as return_rate,
        {{ rounded('measured.store_return_rate') }} as store_return_rate,
        {{ rounded('measured.defect_rate') }} as defect_rate,
        {{ rounded('measured.defect_return_rate') }} as defect_return_rate,
        {{ rounded('measured.return_value') }} as return_value,
        coalesce(measured.defect_return_rate > {{ var('supplier_defect_pct') }}, false)
            as is_quality_issue
    from measured
    left join suppliers
        on measured.store_id = suppliers.store_id
        and measured.supplier_id = suppliers.supplier_id
)

select * from final
