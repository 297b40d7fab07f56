-- Every stretch of days that some period covers so far, once: what metrics are summed over.
with

periods as (
    select * from {{ ref('core__periods') }}
),

bounds as (
    select * from {{ ref('int_periods__bounds') }}
),

final as (
    select distinct
        periods.period_start as range_start,
        periods.elapsed_end as range_end
    from periods
    cross join bounds
    where periods.elapsed_end >= bounds.first_day
)

select * from final
