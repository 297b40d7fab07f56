-- Each physical count of the last thirteen weeks beside the system, the costliest variance first.
with

counts as (
    select * from {{ ref('inventory__stock_accuracy') }}
    where counted_day > {{ add_days(-91, as_of_date()) }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by
                abs(coalesce(variance_value, 0)) desc,
                abs(variance) desc,
                counted_at desc,
                {{ by_text('sku') }},
                {{ by_text('warehouse_location') }}
        ) as variance_rank,
        sku,
        product_name,
        category,
        warehouse_location,
        counted_at,
        counted_day,
        result,
        counted_quantity,
        system_quantity,
        variance,
        {{ rounded('variance_pct') }} as variance_pct,
        {{ rounded('variance_value') }} as variance_value,
        {{ rounded('accuracy_pct') }} as accuracy_pct,
        shrinkage_units,
        {{ rounded('shrinkage_value') }} as shrinkage_value,
        previous_counted_day,
        is_within_tolerance,
        is_latest
    from counts
)

select * from final
