-- What fast-moving, slow-moving and unmoved SKUs sell and tie up.
with

products as (
    select * from {{ ref('inventory__turnover') }}
    where movement_class is not null
),

classes as (
    select
        store_id,
        movement_class,
        count(*) as skus_count,
        sum(units_sold) as units_sold,
        sum(cost_of_goods_sold) as cost_of_goods_sold,
        sum(current_stock_quantity) as closing_units,
        sum(stock_value) as stock_value,
        sum(average_stock_value) as average_stock_value
    from products
    group by store_id, movement_class
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        case movement_class when 'fast' then 1 when 'slow' then 2 else 3 end as class_rank,
        movement_class,
        skus_count,
        {{ rounded(percent('skus_count', 'sum(skus_count) over (partition by store_id)')) }}
            as skus_pct,
        {{ count_of('units_sold') }} as units_sold,
        {{ rounded(percent('units_sold', 'sum(units_sold) over (partition by store_id)')) }}
            as units_sold_pct,
        {{ count_of('closing_units') }} as closing_units,
        {{ rounded('stock_value') }} as stock_value,
        {{ rounded(percent('stock_value', 'sum(stock_value) over (partition by store_id)')) }}
            as stock_value_pct,
        {{ rounded('cost_of_goods_sold') }} as cost_of_goods_sold,
        {{ rounded(safe_divide('365 * cost_of_goods_sold', '(90 * average_stock_value)')) }}
            as turnover_annualized
    from classes
)

select * from final
