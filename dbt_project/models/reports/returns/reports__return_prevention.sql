-- What would spare the shop returns, SKU by SKU, the costliest first.
with

recommendations as (
    select * from {{ ref('returns__prevention') }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        priority as priority_rank,
        sku,
        product_name,
        category,
        brand,
        supplier_id,
        recommendation,
        recommendation_text,
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
