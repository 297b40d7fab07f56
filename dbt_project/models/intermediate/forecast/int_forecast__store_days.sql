-- The days of each store that forecasts learn from, and those after the run that they may reach.
with

series as (
    select * from {{ ref('int_forecast__series') }}
),

calendar as (
    select * from {{ ref('core__calendar') }}
    where day <= {{ as_of_date() }}
),

stores as (
    select
        store_id,
        min(first_day) as first_day
    from series
    group by store_id
),

days_to_come as (
    select {{ add_days('cast(generated_number as integer)', as_of_date()) }} as day
    from ({{ dbt.generate_series(var('forecast_future_days')) }}) as numbers
),

final as (
    select
        stores.store_id,
        calendar.day,
        false as is_future
    from stores
    inner join calendar on stores.first_day <= calendar.day
    union all
    select
        stores.store_id,
        days_to_come.day,
        true as is_future
    from stores
    cross join days_to_come
)

select * from final
