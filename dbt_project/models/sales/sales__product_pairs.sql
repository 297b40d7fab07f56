-- SKUs bought in one order. The pairs of an order grow with the square of its lines, so only the
-- most ordered SKUs of each store take part; the vars say how many.
with

lines as (
    select * from {{ ref('int_sales__lines') }}
    where order_day > {{ add_days(-var('pair_window_days'), as_of_date()) }}
),

orders as (
    select * from {{ ref('int_sales__orders') }}
    where order_day > {{ add_days(-var('pair_window_days'), as_of_date()) }}
),

products as (
    select * from {{ ref('int_sales__products') }}
),

baskets as (
    select distinct
        store_id,
        order_id,
        sku
    from lines
),

sku_orders as (
    select
        store_id,
        sku,
        count(*) as orders_count
    from baskets
    group by store_id, sku
),

ranked_skus as (
    select
        store_id,
        sku,
        row_number() over (
            partition by store_id order by orders_count desc, {{ by_text('sku') }}
        ) as sku_rank
    from sku_orders
),

-- A SKU that is popular in one store takes part in all, so that the total is that of the stores.
popular_skus as (
    select
        sku,
        row_number() over (order by {{ by_text('sku') }}) as sku_number
    from ranked_skus
    where sku_rank <= {{ var('pair_top_skus') }}
    group by sku
),

popular_items as (
    select
        baskets.store_id,
        baskets.order_id,
        popular_skus.sku_number
    from baskets
    inner join popular_skus on baskets.sku = popular_skus.sku
),

store_pairs as (
    select
        first_items.store_id,
        first_items.sku_number as first_number,
        second_items.sku_number as second_number,
        count(*) as orders_together
    from popular_items as first_items
    inner join popular_items as second_items
        on first_items.store_id = second_items.store_id
        and first_items.order_id = second_items.order_id
        and first_items.sku_number < second_items.sku_number
    group by first_items.store_id, first_items.sku_number, second_items.sku_number
),

pairs as (
    select * from store_pairs
    union all
    select
        'all' as store_id,
        first_number,
        second_number,
        sum(orders_together) as orders_together
    from store_pairs
    group by first_number, second_number
),

frequent_pairs as (
    select
        pairs.store_id,
        first_skus.sku as sku_a,
        second_skus.sku as sku_b,
        pairs.orders_together
    from pairs
    inner join popular_skus as first_skus on pairs.first_number = first_skus.sku_number
    inner join popular_skus as second_skus on pairs.second_number = second_skus.sku_number
    where pairs.orders_together >= {{ var('pair_minimum_orders') }}
),

order_counts as (
    select
        store_id,
        count(*) as orders_count
    from orders
    group by store_id
    union all
    select
        'all' as store_id,
        count(*) as orders_count
    from orders
),

sku_counts as (
    select * from sku_orders
    union all
    select
        'all' as store_id,
        sku,
        sum(orders_count) as orders_count
    from sku_orders
    group by sku
),

final as (
    select
        frequent_pairs.store_id,
        frequent_pairs.sku_a,
        frequent_pairs.sku_b,
        products_a.product_name as product_name_a,
        products_b.product_name as product_name_b,
        {{ count_of('frequent_pairs.orders_together') }} as orders_together,
        {{ count_of('counts_a.orders_count') }} as orders_with_a,
        {{ count_of('counts_b.orders_count') }} as orders_with_b,
        {{ percent('frequent_pairs.orders_together', 'order_counts.orders_count') }}
            as support_pct,
        {{ percent('frequent_pairs.orders_together', 'counts_a.orders_count') }}
            as confidence_a_to_b_pct,
        {{ percent('frequent_pairs.orders_together', 'counts_b.orders_count') }}
            as confidence_b_to_a_pct,
        {{ safe_divide(
            decimal('frequent_pairs.orders_together') ~ ' * order_counts.orders_count',
            decimal('counts_a.orders_count') ~ ' * counts_b.orders_count',
        ) }} as lift,
        row_number() over (
            partition by frequent_pairs.store_id
            order by
                frequent_pairs.orders_together desc, frequent_pairs.sku_a, frequent_pairs.sku_b
        ) as pair_rank
    from frequent_pairs
    inner join order_counts on frequent_pairs.store_id = order_counts.store_id
    inner join sku_counts as counts_a
        on frequent_pairs.store_id = counts_a.store_id
        and frequent_pairs.sku_a = counts_a.sku
    inner join sku_counts as counts_b
        on frequent_pairs.store_id = counts_b.store_id
        and frequent_pairs.sku_b = counts_b.sku
    left join products as products_a
        on frequent_pairs.store_id = products_a.store_id
        and frequent_pairs.sku_a = products_a.sku
    left join products as products_b
        on frequent_pairs.store_id = products_b.store_id
        and frequent_pairs.sku_b = products_b.sku
)

select * from final
