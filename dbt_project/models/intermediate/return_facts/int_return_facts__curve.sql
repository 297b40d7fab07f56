-- How soon goods come back: of what came back within the usual time, which share had come back by
-- each day after the order. Only orders whose usual time is over tell, since of younger ones the
-- late returns are still missing.
with

lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where
        days_since_purchase between 0 and {{ var('return_usual_days') }}
        and order_day <= {{ add_days(-var('return_usual_days'), as_of_date()) }}
),

days as (
    select cast(generated_number as integer) - 1 as days_since_purchase
    from ({{ dbt.generate_series(var('return_usual_days') + 1) }}) as numbers
),

store_units as (
    select
        store_id,
        sum(units) as units
    from lines
    group by store_id
),

day_units as (
    select
        store_id,
        days_since_purchase,
        sum(units) as units
    from lines
    group by store_id, days_since_purchase
),

final as (
    select
        store_units.store_id,
        days.days_since_purchase,
        {{ safe_divide(
            'sum(coalesce(day_units.units, 0)) over ('
            ~ 'partition by store_units.store_id order by days.days_since_purchase '
            ~ 'rows between unbounded preceding and current row)',
            'store_units.units',
        ) }} as share_of_returns
    from store_units
    cross join days
    left join day_units
        on store_units.store_id = day_units.store_id
        and days.days_since_purchase = day_units.days_since_purchase
)

select * from final
