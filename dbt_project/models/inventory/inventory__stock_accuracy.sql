-- Each physical count held against what the system said at that moment.
with

stock_counts as (
    select * from {{ ref('core__stock_counts') }}
    where counted_day <= {{ as_of_date() }}
),

products as (
    select * from {{ ref('core__products') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id, sku, warehouse_location order by counted_at desc
        ) as counts_back,
        lag(counted_day) over (
            partition by store_id, sku, warehouse_location order by counted_at
        ) as previous_counted_day
    from stock_counts
),

final as (
    select
        ranked.store_id,
        ranked.sku,
        ranked.warehouse_location,
        ranked.counted_at,
        ranked.counted_day,
        coalesce(products.product_name, ranked.sku) as product_name,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        case
            when ranked.variance < 0 then 'short'
            when ranked.variance > 0 then 'over'
            else 'exact'
        end as result,
        {{ count_of('ranked.counted_quantity') }} as counted_quantity,
        {{ count_of('ranked.system_quantity') }} as system_quantity,
        {{ count_of('ranked.variance') }} as variance,
        {{ decimal('ranked.variance_value') }} as variance_value,
        {{ percent('ranked.variance', 'ranked.system_quantity') }} as variance_pct,
        {{ count_of('greatest(-ranked.variance, 0)') }} as shrinkage_units,
        {{ decimal('case when ranked.variance < 0 then -ranked.variance_value '
            ~ 'when ranked.variance >= 0 then 0 end') }} as shrinkage_value,
        {{ count_of('greatest(ranked.variance, 0)') }} as surplus_units,
        {{ percent(
            'greatest(abs(ranked.system_quantity) - abs(ranked.variance), 0)',
            'abs(ranked.system_quantity)'
        ) }} as accuracy_pct,
        ranked.previous_counted_day,
        {{ count_of(dbt.datediff('ranked.counted_day', as_of_date(), 'day')) }} as days_since_count,
        ranked.variance = 0 as is_exact,
        100 * abs(ranked.variance)
        <= {{ var('count_tolerance_pct') }} * abs(ranked.system_quantity) as is_within_tolerance,
        ranked.counts_back = 1 as is_latest
    from ranked
    left join products
        on ranked.store_id = products.store_id
        and ranked.sku = products.sku
)

select * from final
