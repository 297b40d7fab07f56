-- Every stretch of days that some period is, or is compared with, once.
with

periods as (
    select * from {{ ref('core__periods') }}
),

bounds as (
    select * from {{ ref('int_periods__bounds') }}
),

ranges as (
    select period_start as range_start, elapsed_end as range_end from periods
    union distinct
    select previous_start as range_start, previous_end as range_end from periods
    union distinct
    select last_year_start as range_start, last_year_end as range_end from periods
),

final as (
    select
        ranges.range_start,
        ranges.range_end
    from ranges
    cross join bounds
    where ranges.range_end >= bounds.first_day
)

select * from final
