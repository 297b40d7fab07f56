-- How far the latest count of each SKU and location is from the system, by location and category.
with

counts as (
    select * from {{ ref('inventory__stock_accuracy') }}
    where is_latest
),

of_stores as (
    select
        store_id,
        warehouse_location,
        category,
        system_quantity,
        counted_quantity,
        variance,
        variance_value,
        shrinkage_units,
        surplus_units,
        is_exact,
        is_within_tolerance
    from counts
    union all
    select
        'all' as store_id,
        warehouse_location,
        category,
        system_quantity,
        counted_quantity,
        variance,
        variance_value,
        shrinkage_units,
        surplus_units,
        is_exact,
        is_within_tolerance
    from counts
),

summed as (
    select
        store_id,
        warehouse_location,
        category,
        count(*) as counts_count,
        sum(case when is_exact then 1 else 0 end) as exact_counts,
        sum(case when is_within_tolerance then 1 else 0 end) as counts_within_tolerance,
        sum(system_quantity) as system_quantity,
        sum(counted_quantity) as counted_quantity,
        sum(variance) as variance,
        sum(abs(variance)) as absolute_variance,
        sum(variance_value) as variance_value,
        sum(shrinkage_units) as shrinkage_units,
        sum(surplus_units) as surplus_units
    from of_stores
    group by store_id, warehouse_location, category
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by
                abs(coalesce(variance_value, 0)) desc,
                {{ by_text('warehouse_location') }},
                {{ by_text('category') }}
        ) as variance_rank,
        warehouse_location,
        category,
        counts_count,
        {{ rounded(percent('exact_counts', 'counts_count')) }} as exact_pct,
        {{ rounded(percent('counts_within_tolerance', 'counts_count')) }} as within_tolerance_pct,
        {{ count_of('system_quantity') }} as system_quantity,
        {{ count_of('counted_quantity') }} as counted_quantity,
        {{ count_of('variance') }} as variance,
        {{ rounded(percent('variance', 'system_quantity')) }} as variance_pct,
        {{ rounded(percent('absolute_variance', 'system_quantity')) }} as absolute_variance_pct,
        {{ rounded('variance_value') }} as variance_value,
        {{ count_of('shrinkage_units') }} as shrinkage_units,
        {{ count_of('surplus_units') }} as surplus_units
    from summed
)

select * from final
