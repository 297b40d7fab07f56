-- SKUs that sold of late: fast from the median velocity up, high margin from the store's margin up.
with

products as (
    select * from {{ ref('int_sales__products') }}
    where recent_lines > 0
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id order by recent_units, {{ by_text('sku') }}
        ) as position,
        count(*) over (partition by store_id) as sku_count,
        sum(recent_gross_profit) over (partition by store_id) as store_gross_profit,
        sum(case when recent_gross_profit is not null then recent_revenue end)
            over (partition by store_id) as store_costed_revenue
    from products
),

medians as (
    select
        store_id,
        avg({{ decimal('recent_units') }}) as median_units
    from ranked
    where {{ is_middle('position', 'sku_count') }}
    group by store_id
),

measured as (
    select
        ranked.store_id,
        ranked.sku,
        ranked.product_name,
        ranked.category,
        ranked.brand,
        ranked.recent_units,
        ranked.recent_revenue,
        ranked.recent_gross_profit,
        medians.median_units,
        {{ safe_divide('ranked.recent_units', var('product_trend_days')) }} as product_velocity,
        {{ safe_divide('medians.median_units', var('product_trend_days')) }} as median_velocity,
        {{ percent('ranked.recent_gross_profit', 'ranked.recent_revenue') }} as gross_margin_pct,
        {{ percent('ranked.store_gross_profit', 'ranked.store_costed_revenue') }}
            as store_gross_margin_pct
    from ranked
    inner join medians on ranked.store_id = medians.store_id
),

classed as (
    select
        *,
        case when recent_units >= median_units then 'fast' else 'slow' end as speed_class,
        case
            when gross_margin_pct >= store_gross_margin_pct then 'high_margin'
            when gross_margin_pct < store_gross_margin_pct then 'low_margin'
        end as margin_class
    from measured
),

final as (
    select
        store_id,
        sku,
        product_name,
        category,
        brand,
        speed_class,
        margin_class,
        {{ dbt.concat(['speed_class', "'_'", 'margin_class']) }} as product_segment,
        recent_units as units,
        recent_revenue as revenue,
        recent_gross_profit as gross_profit,
        product_velocity,
        median_velocity,
        gross_margin_pct,
        store_gross_margin_pct
    from classed
)

select * from final
