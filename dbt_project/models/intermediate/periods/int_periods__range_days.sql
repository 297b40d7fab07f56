-- The days of each range: what joins daily facts to periods.
with

ranges as (
    select * from {{ ref('int_periods__ranges') }}
),

calendar as (
    select * from {{ ref('core__calendar') }}
),

final as (
    select
        ranges.range_start,
        ranges.range_end,
        calendar.day
    from ranges
    inner join calendar on calendar.day between ranges.range_start and ranges.range_end
)

select * from final
