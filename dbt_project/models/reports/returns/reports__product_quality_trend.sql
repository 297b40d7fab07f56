-- How much of what was sold came back for its quality in each of the last thirteen months, by
-- category (`all` is all of them).
with

months as (
    select
        store_id,
        period_start,
        category,
        is_complete,
        returned_units,
        total_units_sold,
        defect_rate
    from {{ ref('returns__metrics_by_category') }}
    where period_type = 'month'
    union all
    select
        store_id,
        period_start,
        'all' as category,
        is_complete,
        returned_units,
        total_units_sold,
        defect_rate
    from {{ ref('returns__metrics') }}
    where period_type = 'month'
),

counted as (
    select
        *,
        {{ count_of('round(coalesce(returned_units * defect_rate, 0) / 100, 0)') }}
            as defective_units
    from months
),

measured as (
    select
        *,
        {{ percent('defective_units', 'total_units_sold') }} as defect_return_rate
    from counted
),

final as (
    select
        measured.store_id,
        {{ as_of_date() }} as as_of_date,
        measured.period_start as month_start,
        measured.category,
        measured.is_complete,
        measured.total_units_sold as units_sold,
        measured.returned_units,
        measured.defective_units,
        {{ rounded('measured.defect_rate') }} as defect_rate,
        {{ rounded('measured.defect_return_rate') }} as defect_return_rate,
        {{ rounded('month_before.defect_return_rate') }} as defect_return_rate_month_before,
        {{ rounded('measured.defect_return_rate - month_before.defect_return_rate') }}
            as change_points
    from measured
    left join measured as month_before
        on measured.store_id = month_before.store_id
        and measured.category = month_before.category
        and month_before.period_start = {{ add_months(-1, 'measured.period_start') }}
    where
        measured.period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
)

select * from final
