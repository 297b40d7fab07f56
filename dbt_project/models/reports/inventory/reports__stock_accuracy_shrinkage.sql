-- What counts found missing in each of the last thirteen months.
with

counts as (
    select * from {{ ref('inventory__stock_accuracy') }}
),

of_stores as (
    select
        store_id,
        {{ date_trunc_to('month', 'counted_day') }} as month_start,
        system_quantity,
        variance,
        variance_value,
        shrinkage_units,
        shrinkage_value,
        surplus_units
    from counts
    union all
    select
        'all' as store_id,
        {{ date_trunc_to('month', 'counted_day') }} as month_start,
        system_quantity,
        variance,
        variance_value,
        shrinkage_units,
        shrinkage_value,
        surplus_units
    from counts
),

months as (
    select
        store_id,
        month_start,
        count(*) as counts_count,
        sum(case when variance < 0 then 1 else 0 end) as short_counts,
        sum(system_quantity) as system_quantity,
        sum(variance) as variance,
        sum(variance_value) as variance_value,
        sum(shrinkage_units) as shrinkage_units,
        sum(shrinkage_value) as shrinkage_value,
        sum(surplus_units) as surplus_units
    from of_stores
    group by store_id, month_start
),

final as (
    select
        months.store_id,
        {{ as_of_date() }} as as_of_date,
        months.month_start,
        months.counts_count,
        {{ count_of('months.short_counts') }} as short_counts,
        {{ count_of('months.system_quantity') }} as system_quantity,
        {{ count_of('months.shrinkage_units') }} as shrinkage_units,
        {{ rounded(percent('months.shrinkage_units', 'months.system_quantity')) }}
            as shrinkage_pct,
        {{ rounded('months.shrinkage_value') }} as shrinkage_value,
        {{ rounded('month_before.shrinkage_value') }} as shrinkage_value_month_before,
        {{ count_of('months.surplus_units') }} as surplus_units,
        {{ count_of('months.variance') }} as variance,
        {{ rounded('months.variance_value') }} as variance_value
    from months
    left join months as month_before
        on months.store_id = month_before.store_id
        and month_before.month_start = {{ add_months(-1, 'months.month_start') }}
    where months.month_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
)

select * from final
