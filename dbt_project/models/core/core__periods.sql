-- One row a period: calendar periods from the first day of the data to the run, and the windows
-- that end on the day of the run. An unfinished period is compared with the same elapsed days of
-- the period before and of the year before.
with

calendar as (
    select calendar.*
    from {{ ref('core__calendar') }} as calendar
    cross join {{ ref('int_periods__bounds') }} as bounds
    where calendar.day between bounds.first_day and bounds.last_day
),

bounds as (
    select * from {{ ref('int_periods__bounds') }}
),

days as (
    select
        'day' as period_type,
        day as period_start,
        day as period_end,
        {{ add_days(-1, 'day') }} as previous_start,
        {{ add_days(-1, 'day') }} as previous_end,
        {{ add_months(-12, 'day') }} as last_year_start,
        {{ add_months(-12, 'day') }} as last_year_end
    from calendar
),

week_starts as (
    select distinct week_start from calendar
),

weeks as (
    select
        'week' as period_type,
        week_start as period_start,
        {{ add_days(6, 'week_start') }} as period_end,
        {{ add_days(-7, 'week_start') }} as previous_start,
        {{ add_days(-1, 'week_start') }} as previous_end,
        {{ add_days(-364, 'week_start') }} as last_year_start,
        {{ add_days(-358, 'week_start') }} as last_year_end
    from week_starts
),

long_periods as (
    select distinct
        'month' as period_type,
        month_start as period_start,
        1 as months
    from calendar
    union all
    select distinct
        'quarter' as period_type,
        quarter_start as period_start,
        3 as months
    from calendar
    union all
    select distinct
        'year' as period_type,
        year_start as period_start,
        12 as months
    from calendar
),

months_and_longer as (
    select
        period_type,
        period_start,
        {{ add_days(-1, add_months('months', 'period_start')) }} as period_end,
        {{ add_months('-months', 'period_start') }} as previous_start,
        {{ add_days(-1, 'period_start') }} as previous_end,
        {{ add_months(-12, 'period_start') }} as last_year_start,
        {{ add_days(-1, add_months('months - 12', 'period_start')) }} as last_year_end
    from long_periods
),

calendar_periods as (
    select * from days
    union all
    select * from weeks
    union all
    select * from months_and_longer
),

window_lengths as (
    select 'today' as period_type, 1 as window_days, 0 as days_ago
    union all
    select 'yesterday' as period_type, 1 as window_days, 1 as days_ago
    union all
    select 'last_7_days' as period_type, 7 as window_days, 0 as days_ago
    union all
    select 'last_30_days' as period_type, 30 as window_days, 0 as days_ago
    union all
    select 'last_90_days' as period_type, 90 as window_days, 0 as days_ago
    union all
    select 'last_365_days' as period_type, 365 as window_days, 0 as days_ago
),

window_days as (
    select
        window_lengths.period_type,
        {{ add_days('1 - window_lengths.window_days - window_lengths.days_ago', 'bounds.last_day') }}
            as period_start,
        {{ add_days('-window_lengths.days_ago', 'bounds.last_day') }} as period_end,
        window_lengths.window_days
    from window_lengths
    cross join bounds
),

windows as (
    select
        period_type,
        period_start,
        period_end,
        {{ add_days('-window_days', 'period_start') }} as previous_start,
        {{ add_days(-1, 'period_start') }} as previous_end,
        {{ add_months(-12, 'period_start') }} as last_year_start,
        {{ add_months(-12, 'period_end') }} as last_year_end
    from window_days
),

-- A period to date is the calendar period of the run, under a name that does not change.
to_date as (
    select
        {{ dbt.concat(['months_and_longer.period_type', "'_to_date'"]) }} as period_type,
        months_and_longer.period_start,
        bounds.last_day as period_end,
        months_and_longer.previous_start,
        months_and_longer.previous_end,
        months_and_longer.last_year_start,
        months_and_longer.last_year_end
    from months_and_longer
    cross join bounds
    where bounds.last_day between months_and_longer.period_start and months_and_longer.period_end
),

all_time as (
    select
        'all_time' as period_type,
        first_day as period_start,
        last_day as period_end,
        cast(null as date) as previous_start,
        cast(null as date) as previous_end,
        cast(null as date) as last_year_start,
        cast(null as date) as last_year_end
    from bounds
),

periods as (
    select * from calendar_periods
    union all
    select * from windows
    union all
    select * from to_date
    union all
    select * from all_time
),

elapsed as (
    select
        periods.*,
        least(periods.period_end, bounds.last_day) as elapsed_end,
        {{ dbt.datediff('periods.period_start', 'least(periods.period_end, bounds.last_day)', 'day') }}
            + 1 as days_elapsed,
        periods.period_end <= bounds.last_day
        and periods.period_type not like '%_to_date' as is_complete
    from periods
    cross join bounds
),

final as (
    select
        period_type,
        period_start,
        period_end,
        elapsed_end,
        previous_start,
        case
            when is_complete then previous_end
            else least(previous_end, {{ add_days('days_elapsed - 1', 'previous_start') }})
        end as previous_end,
        last_year_start,
        case
            when is_complete then last_year_end
            else least(last_year_end, {{ add_days('days_elapsed - 1', 'last_year_start') }})
        end as last_year_end,
        days_elapsed,
        is_complete
    from elapsed
)

select * from final
