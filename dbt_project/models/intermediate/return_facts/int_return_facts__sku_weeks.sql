-- Each SKU week by week from its first sale or return on, over the last `return_trend_weeks`: what
-- was sold, what came back, and how many units were due to come back if they do at all. A unit sold
-- is due bit by bit, as soon as goods usually come back in the store, so that a return weeks after
-- a busy week surprises nobody; in a store too young to know it is due in its own week.
with

lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where
        has_line
        and sku <> 'unknown'
        and return_date
        >= {{ add_days(7 - 7 * var('return_trend_weeks'), week_start(as_of_date())) }}
),

sold_weeks as (
    select
        store_id,
        sku,
        {{ week_start('day') }} as week_start,
        sum(units) as units_sold
    from {{ ref('int_return_facts__sold') }}
    where day >= {{ add_days(7 - 7 * var('return_trend_weeks'), week_start(as_of_date())) }}
    group by store_id, sku, {{ week_start('day') }}
),

returned_weeks as (
    select
        store_id,
        sku,
        {{ week_start('return_date') }} as week_start,
        count(*) as returned_lines,
        sum(units) as returned_units,
        sum(case when return_reason_category = 'product_quality' then 1 else 0 end)
            as defect_lines
    from lines
    group by store_id, sku, {{ week_start('return_date') }}
),

curve_weeks as (
    select
        store_id,
        share_of_returns,
        cast(floor(days_since_purchase / 7.0) as integer) as weeks_later,
        row_number() over (
            partition by store_id, cast(floor(days_since_purchase / 7.0) as integer)
            order by days_since_purchase desc
        ) as days_back
    from {{ ref('int_return_facts__curve') }}
),

shares as (
    select
        store_id,
        weeks_later,
        share_of_returns
        - coalesce(
            lag(share_of_returns) over (partition by store_id order by weeks_later), 0
        ) as share_of_week
    from curve_weeks
    where days_back = 1
),

due_weeks as (
    select
        sold_weeks.store_id,
        sold_weeks.sku,
        {{ add_days('7 * coalesce(shares.weeks_later, 0)', 'sold_weeks.week_start') }}
            as week_start,
        sum(sold_weeks.units_sold * coalesce(shares.share_of_week, 1)) as units_due
    from sold_weeks
    left join shares on sold_weeks.store_id = shares.store_id
    where
        {{ add_days('7 * coalesce(shares.weeks_later, 0)', 'sold_weeks.week_start') }}
        <= {{ as_of_date() }}
    group by
        sold_weeks.store_id,
        sold_weeks.sku,
        {{ add_days('7 * coalesce(shares.weeks_later, 0)', 'sold_weeks.week_start') }}
),

active_weeks as (
    select
        store_id,
        sku,
        week_start
    from sold_weeks
    union all
    select
        store_id,
        sku,
        week_start
    from returned_weeks
),

first_weeks as (
    select
        store_id,
        sku,
        min(week_start) as first_week
    from active_weeks
    group by store_id, sku
),

weeks as (
    select distinct {{ week_start('day') }} as week_start
    from {{ ref('core__calendar') }}
    where day <= {{ as_of_date() }}
),

final as (
    select
        first_weeks.store_id,
        first_weeks.sku,
        weeks.week_start,
        {{ count_of('coalesce(sold_weeks.units_sold, 0)') }} as units_sold,
        {{ decimal('coalesce(due_weeks.units_due, 0)') }} as units_due,
        {{ count_of('coalesce(returned_weeks.returned_lines, 0)') }} as returned_lines,
        {{ count_of('coalesce(returned_weeks.returned_units, 0)') }} as returned_units,
        {{ count_of('coalesce(returned_weeks.defect_lines, 0)') }} as defect_lines
    from first_weeks
    inner join weeks on first_weeks.first_week <= weeks.week_start
    left join sold_weeks
        on first_weeks.store_id = sold_weeks.store_id
        and first_weeks.sku = sold_weeks.sku
        and weeks.week_start = sold_weeks.week_start
    left join due_weeks
        on first_weeks.store_id = due_weeks.store_id
        and first_weeks.sku = due_weeks.sku
        and weeks.week_start = due_weeks.week_start
    left join returned_weeks
        on first_weeks.store_id = returned_weeks.store_id
        and first_weeks.sku = returned_weeks.sku
        and weeks.week_start = returned_weeks.week_start
)

select * from final
