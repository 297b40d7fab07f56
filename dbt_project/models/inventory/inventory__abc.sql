-- ABC by the cost of what sold: A while the SKUs before it make less than the A share of it, B
-- until the B share, else C. XYZ by how much a SKU's weekly sales vary.
with

sku_values as (
    select * from {{ ref('int_inventory__values') }}
),

products as (
    select
        sku,
        max(product_name) as product_name,
        max(category) as category,
        max(brand) as brand
    from {{ ref('core__products') }}
    group by sku
),

weekly as (
    select
        store_id,
        sku,
        count(*) as weeks_count,
        avg({{ decimal('units') }}) as average_weekly_units,
        stddev_samp(units) as weekly_units_deviation
    from {{ ref('int_inventory__weekly_demand') }}
    group by store_id, sku
),

running as (
    select
        *,
        row_number() over (
            partition by store_id order by consumption_value desc, {{ by_text('sku') }}
        ) as value_rank,
        sum(consumption_value) over (
            partition by store_id order by consumption_value desc, {{ by_text('sku') }}
            rows between unbounded preceding and current row
        ) as cumulative_value,
        sum(consumption_value) over (partition by store_id) as store_value,
        sum(stock_value) over (partition by store_id) as store_stock_value
    from sku_values
),

measured as (
    select
        running.*,
        weekly.weeks_count,
        weekly.average_weekly_units,
        weekly.weekly_units_deviation,
        case
            when weekly.weeks_count >= {{ var('xyz_minimum_weeks') }}
                then {{ safe_divide(
                    'weekly.weekly_units_deviation', 'weekly.average_weekly_units'
                ) }}
        end as variation
    from running
    left join weekly
        on running.store_id = weekly.store_id
        and running.sku = weekly.sku
),

classed as (
    select
        *,
        case
            when
                consumption_value > 0
                and cumulative_value - consumption_value
                < {{ var('inventory_abc_a_share') }} * store_value
                then 'A'
            when
                consumption_value > 0
                and cumulative_value - consumption_value
                < {{ var('inventory_abc_b_share') }} * store_value
                then 'B'
            else 'C'
        end as abc_class,
        case
            when variation <= {{ var('xyz_x_variation') }} then 'X'
            when variation <= {{ var('xyz_y_variation') }} then 'Y'
            when variation is not null then 'Z'
        end as xyz_class
    from measured
),

final as (
    select
        classed.store_id,
        classed.sku,
        coalesce(products.product_name, classed.sku) as product_name,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        classed.abc_class,
        classed.xyz_class,
        {{ dbt.concat(['classed.abc_class', 'classed.xyz_class']) }} as abc_xyz_class,
        classed.value_rank,
        classed.units,
        classed.consumption_value,
        {{ percent('classed.consumption_value', 'classed.store_value') }} as value_share_pct,
        {{ percent('classed.cumulative_value', 'classed.store_value') }} as cumulative_share_pct,
        classed.quantity_on_hand,
        classed.stock_value,
        {{ percent('classed.stock_value', 'classed.store_stock_value') }} as stock_share_pct,
        {{ count_of('coalesce(classed.weeks_count, 0)') }} as weeks_count,
        {{ safe_divide('classed.average_weekly_units', 1) }} as average_weekly_units,
        {{ safe_divide('classed.weekly_units_deviation', 1) }} as weekly_units_deviation,
        cast(classed.variation as {{ type_ratio() }}) as variation
    from classed
    left join products on classed.sku = products.sku
)

select * from final
