-- How much of each supplier's goods came back for their quality in a year, the worst first.
with

suppliers as (
    select
        *,
        {{ count_of('round(coalesce(returned_units * defect_rate, 0) / 100, 0)') }}
            as defective_units
    from {{ ref('returns__metrics_by_supplier') }}
    where period_type = 'last_365_days' and supplier_id <> 'unknown'
),

stores as (
    select
        *,
        {{ count_of('round(coalesce(returned_units * defect_rate, 0) / 100, 0)') }}
            as defective_units
    from {{ ref('returns__metrics') }}
    where period_type = 'last_365_days'
),

names as (
    select
        store_id,
        supplier_id,
        supplier_name
    from {{ ref('core__suppliers') }}
    union all
    select
        'all' as store_id,
        supplier_id,
        min({{ by_text('supplier_name') }}) as supplier_name
    from {{ ref('core__suppliers') }}
    group by supplier_id
),

measured as (
    select
        suppliers.*,
        {{ percent('suppliers.defective_units', 'suppliers.total_units_sold') }}
            as defect_return_rate,
        {{ percent('stores.defective_units', 'stores.total_units_sold') }}
            as store_defect_return_rate
    from suppliers
    inner join stores on suppliers.store_id = stores.store_id
),

final as (
    select
        measured.store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by measured.store_id
            order by
                coalesce(measured.defect_return_rate, 0) desc,
                measured.total_units_sold desc,
                {{ by_text('measured.supplier_id') }}
        ) as defect_rank,
        measured.supplier_id,
        names.supplier_name,
        measured.total_units_sold as units_sold,
        measured.returned_units,
        measured.defective_units,
        {{ rounded('measured.return_rate') }} as return_rate,
        {{ rounded('measured.defect_rate') }} as defect_rate,
        {{ rounded('measured.defect_return_rate') }} as defect_return_rate,
        {{ rounded('measured.store_defect_return_rate') }} as store_defect_return_rate,
        {{ rounded('measured.return_value') }} as return_value,
        {{ rounded('measured.net_return_loss') }} as net_return_loss,
        coalesce(measured.defect_return_rate > {{ var('supplier_defect_pct') }}, false)
            as has_quality_issue
    from measured
    left join names
        on measured.store_id = names.store_id
        and measured.supplier_id = names.supplier_id
)

select * from final
