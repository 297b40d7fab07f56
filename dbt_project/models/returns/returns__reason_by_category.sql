-- Which product category comes back for which reason, over the last `return_analysis_days`, and
-- whether that is more than in the store's other categories.
with

lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where
        has_line
        and {{ dbt.datediff('return_date', as_of_date(), 'day') }}
        < {{ var('return_analysis_days') }}
),

store_sold as (
    select
        store_id,
        category,
        sum(units) as units_sold
    from {{ ref('int_return_facts__sold') }}
    where {{ dbt.datediff('day', as_of_date(), 'day') }} < {{ var('return_analysis_days') }}
    group by store_id, category
),

store_returned as (
    select
        store_id,
        category,
        return_reason_category,
        count(*) as returned_lines,
        sum(units) as returned_units,
        sum(refund_amount) as return_value
    from lines
    group by store_id, category, return_reason_category
),

sold as (
    {{ plus_all_stores('store_sold', ['category'], ['units_sold']) }}
),

returned as (
    {{ plus_all_stores(
        'store_returned',
        ['category', 'return_reason_category'],
        ['returned_lines', 'returned_units', 'return_value'],
    ) }}
),

units as (
    select
        returned.*,
        coalesce(sold.units_sold, 0) as units_sold
    from returned
    left join sold
        on returned.store_id = sold.store_id
        and returned.category = sold.category
),

stores as (
    select
        store_id,
        sum(units_sold) as store_units_sold
    from sold
    group by store_id
),

compared as (
    select
        units.*,
        stores.store_units_sold,
        sum(units.returned_units) over (
            partition by units.store_id, units.category
        ) as category_returned_units,
        sum(units.returned_units) over (
            partition by units.store_id, units.return_reason_category
        ) as reason_units,
        sum(units.returned_lines) over (
            partition by units.store_id, units.return_reason_category
        ) as reason_lines
    from units
    left join stores on units.store_id = stores.store_id
),

scored as (
    select
        *,
        {{ excess_score(
            'returned_lines',
            'units_sold',
            '(reason_lines - returned_lines)',
            '(store_units_sold - units_sold)',
        ) }} as excess_score,
        {{ percent('returned_units', 'units_sold') }} as return_rate,
        {{ percent('reason_units', 'store_units_sold') }} as store_return_rate
    from compared
),

final as (
    select
        store_id,
        category,
        return_reason_category,
        {{ count_of('units_sold') }} as units_sold,
        {{ count_of('returned_lines') }} as returned_lines,
        {{ count_of('returned_units') }} as returned_units,
        {{ decimal('return_value') }} as return_value,
        {{ percent('returned_units', 'category_returned_units') }} as share_pct,
        return_rate,
        store_return_rate,
        {{ percent('return_rate', 'store_return_rate') }} as reason_index,
        excess_score,
        coalesce(excess_score >= {{ var('return_excess_score') }}, false) as is_beyond_chance
    from scored
)

select * from final
