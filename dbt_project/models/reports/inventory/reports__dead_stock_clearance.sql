-- What clearing the unsold stock of each category would take and bring, by what to do with it.
with

dead_stock as (
    select * from {{ ref('inventory__dead_stock') }}
),

of_stores as (
    select
        store_id,
        category,
        advice,
        discount_pct,
        quantity_on_hand,
        stock_value,
        expected_revenue,
        expected_profit,
        is_below_cost
    from dead_stock
    union all
    select
        'all' as store_id,
        category,
        advice,
        discount_pct,
        quantity_on_hand,
        stock_value,
        expected_revenue,
        expected_profit,
        is_below_cost
    from dead_stock
),

summed as (
    select
        store_id,
        category,
        advice,
        max(discount_pct) as discount_pct,
        count(*) as skus_count,
        sum(quantity_on_hand) as quantity_on_hand,
        sum(stock_value) as stock_value,
        sum(expected_revenue) as expected_revenue,
        sum(expected_profit) as expected_profit,
        sum(case when is_below_cost then 1 else 0 end) as below_cost_skus
    from of_stores
    group by store_id, category, advice
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by
                coalesce(stock_value, 0) desc, {{ by_text('category') }}, {{ by_text('advice') }}
        ) as value_rank,
        category,
        advice,
        discount_pct,
        skus_count,
        {{ count_of('quantity_on_hand') }} as quantity_on_hand,
        {{ rounded('stock_value') }} as stock_value,
        {{ rounded('expected_revenue') }} as expected_revenue,
        {{ rounded('expected_profit') }} as expected_profit,
        {{ count_of('below_cost_skus') }} as below_cost_skus
    from summed
)

select * from final
