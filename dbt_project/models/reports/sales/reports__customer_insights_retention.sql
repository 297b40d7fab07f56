-- How many customers of each month came back in a later one; a month that runs is left empty.
with

cohorts as (
    select
        *,
        case when is_complete then retention_pct end as known_pct
    from {{ ref('sales__cohorts') }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        cohort_month,
        max(cohort_size) as cohort_size,
        {{ rounded('max(case when months_since = 1 then known_pct end)') }} as month_1_pct,
        {{ rounded('max(case when months_since = 2 then known_pct end)') }} as month_2_pct,
        {{ rounded('max(case when months_since = 3 then known_pct end)') }} as month_3_pct,
        {{ rounded('max(case when months_since = 4 then known_pct end)') }} as month_4_pct,
        {{ rounded('max(case when months_since = 5 then known_pct end)') }} as month_5_pct,
        {{ rounded('max(case when months_since = 6 then known_pct end)') }} as month_6_pct,
        {{ rounded('max(case when months_since = 9 then known_pct end)') }} as month_9_pct,
        {{ rounded('max(case when months_since = 12 then known_pct end)') }} as month_12_pct,
        {{ rounded('avg(case when months_since > 0 then known_pct end)') }} as average_pct
    from cohorts
    group by store_id, cohort_month
)

select * from final
