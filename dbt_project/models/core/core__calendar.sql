-- Every day of the years that the data touches.
with

bounds as (
    select
        {{ date_trunc_to('year', 'first_day') }} as first_day,
        {{ add_days(-1, add_months(12, date_trunc_to('year', 'last_day'))) }} as last_day
    from {{ ref('int_periods__bounds') }}
),

days as (
    {{ calendar('bounds') }}
),

final as (
    select
        date_day as day,
        {{ week_start('date_day') }} as week_start,
        {{ date_trunc_to('month', 'date_day') }} as month_start,
        {{ date_trunc_to('quarter', 'date_day') }} as quarter_start,
        {{ date_trunc_to('year', 'date_day') }} as year_start,
        {{ iso_weekday('date_day') }} as weekday,
        cast(extract(day from date_day) as integer) as day_of_month,
        cast(extract(month from date_day) as integer) as month_number,
        cast(extract(quarter from date_day) as integer) as quarter_number,
        cast(extract(year from date_day) as integer) as year_number,
        {{ iso_weekday('date_day') }} >= 6 as is_weekend
    from days
)

select * from final
