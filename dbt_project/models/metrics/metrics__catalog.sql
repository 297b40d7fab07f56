-- Every metric of the spec: where it stands and what it means, from the columns' own metadata.
with

metric_rows as (
    {{ metric_rows() }}
),

final as (
    select
        metric_id,
        metric_module as module,
        metric_section as spec_section,
        metric_name as name,
        metric_formula as formula,
        metric_unit as unit,
        metric_relation as relation,
        metric_column as column_name,
        metric_description as description
    from metric_rows
)

select * from final
