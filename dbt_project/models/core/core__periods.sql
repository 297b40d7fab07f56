-- One row a period: calendar periods from the first day of the data to the run, the windows that
-- end on the day of the run, and what each window is compared with (is_comparison). An unfinished
-- period is compared with the same elapsed days of the period before and of the year before.
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
        {{ add_days(
            '1 - window_lengths.window_days - window_lengths.days_ago', 'bounds.last_day'
        ) }} as period_start,
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
        {{ dbt.concat(['calendar_periods.period_type', "'_to_date'"]) }} as period_type,
        calendar_periods.period_start,
        bounds.last_day as period_end,
        calendar_periods.previous_start,
        calendar_periods.previous_end,
        calendar_periods.last_year_start,
        calendar_periods.last_year_end
    from calendar_periods
    cross join bounds
    where
        calendar_periods.period_type <> 'day'
        and bounds.last_day between calendar_periods.period_start and calendar_periods.period_end
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
        {{ dbt.datediff(
            'periods.period_start', 'least(periods.period_end, bounds.last_day)', 'day'
        ) }} + 1 as days_elapsed,
        periods.period_end <= bounds.last_day
        and periods.period_type not like '%_to_date' as is_complete
    from periods
    cross join bounds
),

compared as (
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
        is_complete,
        period_type in ('day', 'week', 'month', 'quarter', 'year') as is_calendar_period
    from elapsed
),

-- What a period is compared with is a period too: the calendar period before it, or, for a window
-- and for an unfinished period, a row of its own.
named as (
    select
        *,
        case
            when is_calendar_period and is_complete then period_type
            when is_calendar_period then {{ dbt.concat(['period_type', "'_to_date_previous'"]) }}
            when previous_start is not null then {{ dbt.concat(['period_type', "'_previous'"]) }}
        end as previous_period_type,
        case
            when is_calendar_period and is_complete then period_type
            when is_calendar_period then {{ dbt.concat(['period_type', "'_to_date_last_year'"]) }}
            when last_year_start is not null then {{ dbt.concat(['period_type', "'_last_year'"]) }}
        end as last_year_period_type
    from compared
),

comparisons as (
    select
        previous_period_type as period_type,
        previous_start as period_start,
        previous_end as period_end
    from named
    where not is_calendar_period and previous_start is not null
    union all
    select
        last_year_period_type as period_type,
        last_year_start as period_start,
        last_year_end as period_end
    from named
    where not is_calendar_period and last_year_start is not null
),

final as (
    select
        period_type,
        period_start,
        period_end,
        elapsed_end,
        previous_period_type,
        previous_start,
        previous_end,
        last_year_period_type,
        last_year_start,
        last_year_end,
        days_elapsed,
        is_complete,
        false as is_comparison
    from named
    union all
    select
        period_type,
        period_start,
        period_end,
        period_end as elapsed_end,
        null as previous_period_type,
        cast(null as date) as previous_start,
        cast(null as date) as previous_end,
        null as last_year_period_type,
        cast(null as date) as last_year_start,
        cast(null as date) as last_year_end,
        {{ dbt.datediff('period_start', 'period_end', 'day') }} + 1 as days_elapsed,
        true as is_complete,
        true as is_comparison
    from comparisons
)

select * from final
