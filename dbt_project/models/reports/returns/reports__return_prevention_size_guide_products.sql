-- The SKUs that come back for their size, and which way.
with

recommendations as (
    select * from {{ ref('returns__prevention') }}
    where recommendation = 'size_guide'
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (partition by store_id order by priority) as priority_rank,
        sku,
        product_name,
        category,
        brand,
        evidence,
        units_sold,
        signal_units as units,
        {{ rounded('signal_value') }} as amount,
        {{ rounded('signal_pct') }} as return_pct,
        {{ rounded('usual_pct') }} as usual_pct,
        is_beyond_chance
    from recommendations
)

select * from final
