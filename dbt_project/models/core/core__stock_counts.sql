-- One row a physical count. The system's quantity is the ledger just before the instant of the
-- count: what is booked at that instant or later, such as the count's own adjustment, is no part
-- of it.
with

counts as (
    select * from {{ ref('stg_files__stock_counts') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

stock_daily as (
    select * from {{ ref('core__stock_daily') }}
),

transactions as (
    select * from {{ ref('core__inventory_transactions') }}
),

dated as (
    select
        counts.store_id,
        counts.sku,
        coalesce(counts.warehouse_location, 'main') as warehouse_location,
        counts.counted_at,
        {{ shop_date('counts.counted_at', 'stores.time_zone') }} as counted_day,
        max(counts.counted_quantity) as counted_quantity
    from counts
    inner join stores on counts.store_id = stores.store_id
    group by
        counts.store_id,
        counts.sku,
        counts.warehouse_location,
        counts.counted_at,
        {{ shop_date('counts.counted_at', 'stores.time_zone') }}
),

later_that_day as (
    select
        dated.store_id,
        dated.sku,
        dated.warehouse_location,
        dated.counted_at,
        sum(transactions.quantity) as quantity
    from dated
    inner join transactions
        on dated.store_id = transactions.store_id
        and dated.sku = transactions.sku
        and dated.warehouse_location = transactions.warehouse_location
        and dated.counted_day = transactions.transaction_day
        and dated.counted_at <= transactions.transaction_date
    group by dated.store_id, dated.sku, dated.warehouse_location, dated.counted_at
),

compared as (
    select
        dated.*,
        case
            when dated.counted_day <= {{ as_of_date() }}
                then coalesce(stock_daily.closing, 0) - coalesce(later_that_day.quantity, 0)
        end as system_quantity,
        stock_daily.unit_cost
    from dated
    left join stock_daily
        on dated.store_id = stock_daily.store_id
        and dated.sku = stock_daily.sku
        and dated.warehouse_location = stock_daily.warehouse_location
        and dated.counted_day = stock_daily.day
    left join later_that_day
        on dated.store_id = later_that_day.store_id
        and dated.sku = later_that_day.sku
        and dated.warehouse_location = later_that_day.warehouse_location
        and dated.counted_at = later_that_day.counted_at
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        counted_at,
        counted_day,
        counted_quantity,
        {{ count_of('system_quantity') }} as system_quantity,
        {{ count_of('counted_quantity - system_quantity') }} as variance,
        {{ decimal('(counted_quantity - system_quantity) * unit_cost') }} as variance_value
    from compared
)

select * from final
