-- What the stock without a sale in 60, 90 and 180 days ties up; each bucket holds the longer ones.
with

stores as (
    select * from {{ ref('core__stores') }}
),

stock_status as (
    select * from {{ ref('inventory__stock_status') }}
    where quantity_on_hand > 0
),

buckets as (
    select 1 as bucket_rank, {{ var('slow_stock_days') }} as days_without_sale
    union all
    select 2 as bucket_rank, {{ var('dead_stock_days') }} as days_without_sale
    union all
    select 3 as bucket_rank, {{ var('stale_stock_days') }} as days_without_sale
),

items as (
    select
        store_id,
        days_without_sale,
        quantity_on_hand,
        stock_value
    from stock_status
    union all
    select
        'all' as store_id,
        days_without_sale,
        quantity_on_hand,
        stock_value
    from stock_status
),

totals as (
    select
        store_id,
        sum(quantity_on_hand) as quantity_on_hand,
        sum(stock_value) as stock_value
    from items
    group by store_id
),

counted as (
    select
        items.store_id,
        buckets.bucket_rank,
        count(*) as skus_count,
        sum(items.quantity_on_hand) as quantity_on_hand,
        sum(items.stock_value) as stock_value
    from items
    inner join buckets on items.days_without_sale >= buckets.days_without_sale
    group by items.store_id, buckets.bucket_rank
),

final as (
    select
        stores.store_id,
        {{ as_of_date() }} as as_of_date,
        buckets.bucket_rank,
        buckets.days_without_sale,
        {{ count_of('coalesce(counted.skus_count, 0)') }} as skus_count,
        {{ count_of('coalesce(counted.quantity_on_hand, 0)') }} as quantity_on_hand,
        {{ rounded(percent('coalesce(counted.quantity_on_hand, 0)', 'totals.quantity_on_hand')) }}
            as quantity_pct,
        {{ rounded('coalesce(counted.stock_value, 0)') }} as stock_value,
        {{ rounded(percent('coalesce(counted.stock_value, 0)', 'totals.stock_value')) }}
            as stock_value_pct,
        {{ rounded('coalesce(counted.stock_value, 0) * ' ~ var('holding_cost_rate')) }}
            as yearly_holding_cost
    from stores
    cross join buckets
    left join counted
        on stores.store_id = counted.store_id
        and buckets.bucket_rank = counted.bucket_rank
    left join totals on stores.store_id = totals.store_id
)

select * from final
