-- What is forecast: one row a series. Units of a category or store begin with its first sale, where
-- nothing was sold yet with its first SKU in stock.
with

measured as (
    select * from {{ ref('int_forecast__measured') }}
),

skus as (
    select * from {{ ref('int_forecast__skus') }}
),

begun as (
    select
        store_id,
        level,
        measure,
        entity,
        cast(null as {{ dbt.type_string() }}) as category,
        min(day) as first_day
    from measured
    group by store_id, level, measure, entity
    union all
    select
        store_id,
        'store' as level,
        'units' as measure,
        'total' as entity,
        cast(null as {{ dbt.type_string() }}) as category,
        coalesce(min(first_sale_day), min(first_day)) as first_day
    from skus
    group by store_id
    union all
    select
        store_id,
        'category' as level,
        'units' as measure,
        category as entity,
        cast(null as {{ dbt.type_string() }}) as category,
        coalesce(min(first_sale_day), min(first_day)) as first_day
    from skus
    group by store_id, category
    union all
    select
        store_id,
        'sku' as level,
        'units' as measure,
        sku as entity,
        category,
        first_day
    from skus
),

final as (
    select
        {{ forecast_series_id('store_id', 'level', 'measure', 'entity') }} as series_id,
        store_id,
        level,
        measure,
        entity,
        '' as warehouse_location,
        category,
        first_day,
        {{ as_of_date() }} as last_day
    from begun
)

select * from final
