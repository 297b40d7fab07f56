-- The days whose closing stock is known from a state, and by how much it differs there from the
-- running sum of movements: the shift. Files have one anchor for each SKU and location, the latest
-- state; a Shopify shop has one for each day with a snapshot. What moved after the state on its
-- day comes on top; what moved between the day of the run and a snapshot after it is taken off.
with

states as (
    select * from {{ ref('int_stock__states') }}
    where
        is_tracked
        and latest_rank_of_day = 1
        and (is_snapshot or latest_rank = 1)
),

transactions as (
    select * from {{ ref('core__inventory_transactions') }}
),

movements as (
    select * from {{ ref('int_stock__movements') }}
),

later_that_day as (
    select
        states.store_id,
        states.sku,
        states.warehouse_location,
        states.stated_day,
        sum(transactions.quantity) as quantity
    from states
    inner join transactions
        on states.store_id = transactions.store_id
        and states.sku = transactions.sku
        and states.warehouse_location = transactions.warehouse_location
        and states.stated_day = transactions.transaction_day
        and states.stated_at < transactions.transaction_date
        and not states.is_closing
        and not states.is_ahead
    group by states.store_id, states.sku, states.warehouse_location, states.stated_day
    union all
    select
        states.store_id,
        states.sku,
        states.warehouse_location,
        states.stated_day,
        sum(-transactions.quantity) as quantity
    from states
    inner join transactions
        on states.store_id = transactions.store_id
        and states.sku = transactions.sku
        and states.warehouse_location = transactions.warehouse_location
        and states.stated_day < transactions.transaction_day
        and states.stated_at >= transactions.transaction_date
        and states.is_ahead
    group by states.store_id, states.sku, states.warehouse_location, states.stated_day
),

events as (
    select
        store_id,
        sku,
        warehouse_location,
        day,
        moved,
        cast(null as {{ dbt.type_bigint() }}) as closing
    from movements
    union all
    select
        states.store_id,
        states.sku,
        states.warehouse_location,
        states.stated_day as day,
        0 as moved,
        {{ count_of('states.quantity_on_hand + coalesce(later_that_day.quantity, 0)') }}
            as closing
    from states
    left join later_that_day
        on states.store_id = later_that_day.store_id
        and states.sku = later_that_day.sku
        and states.warehouse_location = later_that_day.warehouse_location
        and states.stated_day = later_that_day.stated_day
),

event_days as (
    select
        store_id,
        sku,
        warehouse_location,
        day,
        sum(moved) as moved,
        max(closing) as closing
    from events
    group by store_id, sku, warehouse_location, day
),

running as (
    select
        *,
        sum(moved) over (
            partition by store_id, sku, warehouse_location order by day
            rows between unbounded preceding and current row
        ) as moved_to_date
    from event_days
),

shifted as (
    select
        store_id,
        sku,
        warehouse_location,
        day,
        closing,
        closing - moved_to_date as shift
    from running
    where closing is not null
),

neighbours as (
    select
        *,
        lag(day) over history as previous_day,
        lag(shift) over history as previous_shift
    from shifted
    window history as (partition by store_id, sku, warehouse_location order by day)
),

-- A shift holds back to the day after the anchor before; the first one holds for all days before.
final as (
    select
        store_id,
        sku,
        warehouse_location,
        day,
        {{ count_of('closing') }} as closing,
        {{ count_of('shift') }} as shift,
        {{ add_days(1, 'previous_day') }} as residual_day,
        {{ count_of('shift - previous_shift') }} as residual,
        previous_day is null as is_first
    from neighbours
)

select * from final
