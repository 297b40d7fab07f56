-- Units and cost of each SKU, of each store and of all together, in each of the last `xyz_weeks`
-- blocks of seven days, the last one ending on the day of the run; blocks without a sale are zero.
with

lines as (
    select
        *,
        cast(floor({{ dbt.datediff('order_day', as_of_date(), 'day') }} / 7.0) as integer)
            as weeks_ago
    from {{ ref('int_sales__lines') }}
),

history as (
    select * from {{ ref('int_inventory__history') }}
),

first_sales as (
    select
        store_id,
        sku,
        min(order_day) as first_sale_date
    from lines
    group by store_id, sku
),

-- A SKU is as old as what is known of it first: its receipt or its first sale.
ages as (
    select
        history.store_id,
        history.sku,
        {{ dbt.datediff(
            'least(coalesce(history.first_received_date, first_sales.first_sale_date), '
            ~ 'coalesce(first_sales.first_sale_date, history.first_received_date))',
            as_of_date(), 'day'
        ) }} + 1 as age_days
    from history
    left join first_sales
        on history.store_id = first_sales.store_id
        and history.sku = first_sales.sku
),

all_ages as (
    select * from ages
    union all
    select
        'all' as store_id,
        sku,
        max(age_days) as age_days
    from ages
    group by sku
),

weeks as (
    select cast(generated_number as integer) - 1 as weeks_ago
    from ({{ dbt.generate_series(var('xyz_weeks')) }}) as numbers
),

store_sales as (
    select
        store_id,
        sku,
        weeks_ago,
        sum(units) as units
    from lines
    where weeks_ago < {{ var('xyz_weeks') }}
    group by store_id, sku, weeks_ago
),

all_sales as (
    select * from store_sales
    union all
    select
        'all' as store_id,
        sku,
        weeks_ago,
        sum(units) as units
    from store_sales
    group by sku, weeks_ago
),

final as (
    select
        all_ages.store_id,
        all_ages.sku,
        weeks.weeks_ago,
        {{ count_of('coalesce(all_sales.units, 0)') }} as units
    from all_ages
    inner join weeks on 7 * (weeks.weeks_ago + 1) <= all_ages.age_days
    left join all_sales
        on all_ages.store_id = all_sales.store_id
        and all_ages.sku = all_sales.sku
        and weeks.weeks_ago = all_sales.weeks_ago
)

select * from final
