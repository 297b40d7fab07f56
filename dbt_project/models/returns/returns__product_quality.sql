-- A score of quality for each SKU from what came back for it, over the last `return_analysis_days`.
-- A SKU that sold little is drawn to the store's own rate: as if `quality_prior_units` more had
-- been sold, and come back at that rate.
with

skus as (
    select * from {{ ref('int_return_facts__sku_reasons') }}
),

compared as (
    select
        *,
        sum(defect_lines) over (partition by store_id) as store_defect_lines,
        sum(defect_units) over (partition by store_id) as store_defect_units,
        sum(units_sold) over (partition by store_id) as store_units_sold
    from skus
),

rated as (
    select
        *,
        {{ percent('defect_units', 'units_sold') }} as defect_return_pct,
        {{ percent('store_defect_units', 'store_units_sold') }} as store_defect_pct,
        {{ percent(
            'defect_units + ' ~ var('quality_prior_units') ~ ' * '
            ~ safe_divide('store_defect_units', 'store_units_sold'),
            'units_sold + ' ~ var('quality_prior_units'),
        ) }} as expected_defect_pct,
        {{ excess_score(
            'defect_lines',
            'units_sold',
            '(store_defect_lines - defect_lines)',
            '(store_units_sold - units_sold)',
        ) }} as excess_score
    from compared
),

scored as (
    select
        *,
        case
            when expected_defect_pct is not null
                then greatest(
                    0,
                    100 - {{ percent('expected_defect_pct', var('quality_worst_pct')) }}
                )
        end as quality_score,
        case
            when units_sold = 0 then 'unknown'
            when
                defect_return_pct >= {{ var('quality_return_pct') }}
                and excess_score >= {{ var('return_excess_score') }}
                then 'poor'
            when
                defect_return_pct >= {{ var('quality_return_pct') }}
                and defect_units >= {{ var('prevention_minimum_units') }}
                then 'watch'
            else 'good'
        end as quality_grade
    from rated
),

final as (
    select
        store_id,
        sku,
        product_name,
        category,
        brand,
        supplier_id,
        {{ decimal('quality_score') }} as quality_score,
        row_number() over (
            partition by store_id
            order by quality_score is null, quality_score, {{ by_text('sku') }}
        ) as worst_rank,
        quality_grade,
        {{ count_of('units_sold') }} as units_sold,
        {{ count_of('returned_units') }} as returned_units,
        {{ count_of('defect_units') }} as defect_units,
        {{ count_of('damaged_units') }} as damaged_units,
        {{ count_of('stopped_units') }} as stopped_units,
        {{ count_of('poor_units') }} as poor_units,
        {{ count_of('not_described_units') }} as not_described_units,
        {{ count_of('faulty_on_arrival_units') }} as faulty_on_arrival_units,
        defect_return_pct,
        store_defect_pct,
        expected_defect_pct,
        excess_score,
        case when defect_units > 0 then {{ defect_text() }} end as evidence,
        last_defect_date
    from scored
)

select * from final
