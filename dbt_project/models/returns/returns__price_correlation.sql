-- Whether dear things come back more often than cheap ones: return rates by price band, and
-- Pearson's correlation of the SKUs' average prices with their return rates, each SKU weighing as
-- much as it sold. Over the last `return_analysis_days`.
with

skus as (
    select
        *,
        cast(price as {{ type_double() }}) as x,
        cast(return_rate as {{ type_double() }}) as y,
        cast(units_sold as {{ type_double() }}) as w
    from {{ ref('int_return_facts__priced_skus') }}
),

sums as (
    select
        store_id,
        price_scope,
        count(*) as skus_count,
        min(price) < max(price) and min(return_rate) < max(return_rate) as has_spread,
        sum(w) as w,
        sum(w * x) as wx,
        sum(w * y) as wy,
        sum(w * x * x) as wxx,
        sum(w * y * y) as wyy,
        sum(w * x * y) as wxy
    from skus
    group by store_id, price_scope
),

correlated as (
    select
        store_id,
        price_scope,
        skus_count,
        case
            when has_spread and skus_count >= 3
                then cast(
                    (w * wxy - wx * wy)
                    / sqrt((w * wxx - wx * wx) * (w * wyy - wy * wy)) as {{ type_ratio() }}
                )
        end as price_correlation
    from sums
),

bands as (
    select
        store_id,
        price_scope,
        price_band,
        count(*) as band_skus,
        min(price) as lowest_price,
        max(price) as highest_price,
        sum(units_sold) as units_sold,
        sum(returned_units) as returned_units,
        sum(revenue) as revenue
    from skus
    group by store_id, price_scope, price_band
),

final as (
    select
        bands.store_id,
        bands.price_scope as category,
        bands.price_band,
        {{ count_of('bands.band_skus') }} as band_skus,
        {{ decimal('bands.lowest_price') }} as lowest_price,
        {{ decimal('bands.highest_price') }} as highest_price,
        {{ count_of('bands.units_sold') }} as units_sold,
        {{ count_of('bands.returned_units') }} as returned_units,
        {{ decimal('bands.revenue') }} as revenue,
        {{ percent('bands.returned_units', 'bands.units_sold') }} as return_rate,
        {{ count_of('correlated.skus_count') }} as skus_count,
        cast(correlated.price_correlation as {{ type_ratio() }}) as price_correlation,
        case
            when correlated.price_correlation is null then 'unknown'
            when abs(correlated.price_correlation) < 0.1 then 'none'
            when abs(correlated.price_correlation) < 0.3 then 'weak'
            when abs(correlated.price_correlation) < 0.5 then 'moderate'
            else 'strong'
        end as correlation_strength
    from bands
    inner join correlated
        on bands.store_id = correlated.store_id
        and bands.price_scope = correlated.price_scope
)

select * from final
