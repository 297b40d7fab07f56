-- Everything that changes stock day by day, on the days when something does: movements, what no
-- movement explains (residual), and the change of what is reserved since the state before.
with

movements as (
    select * from {{ ref('int_stock__movements') }}
),

anchors as (
    select * from {{ ref('int_stock__anchors') }}
),

states as (
    select
        *,
        lag(quantity_reserved) over (
            partition by store_id, sku, warehouse_location order by stated_day
        ) as previously_reserved
    from {{ ref('int_stock__states') }}
    where is_tracked and latest_rank_of_day = 1
),

changes as (
    select
        store_id,
        sku,
        warehouse_location,
        day,
        received,
        sold,
        returned,
        transferred,
        adjusted,
        0 as residual,
        0 as reserved_change,
        transaction_count,
        0 as state_count
    from movements
    union all
    select
        store_id,
        sku,
        warehouse_location,
        residual_day as day,
        0 as received,
        0 as sold,
        0 as returned,
        0 as transferred,
        0 as adjusted,
        residual,
        0 as reserved_change,
        0 as transaction_count,
        0 as state_count
    from anchors
    where not is_first
    union all
    select
        store_id,
        sku,
        warehouse_location,
        stated_day as day,
        0 as received,
        0 as sold,
        0 as returned,
        0 as transferred,
        0 as adjusted,
        0 as residual,
        quantity_reserved - coalesce(previously_reserved, 0) as reserved_change,
        0 as transaction_count,
        case when is_ahead then 0 else 1 end as state_count
    from states
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        day,
        {{ count_of('sum(received)') }} as received,
        {{ count_of('sum(sold)') }} as sold,
        {{ count_of('sum(returned)') }} as returned,
        {{ count_of('sum(transferred)') }} as transferred,
        {{ count_of('sum(adjusted)') }} as adjusted,
        {{ count_of('sum(residual)') }} as residual,
        {{ count_of('sum(reserved_change)') }} as reserved_change,
        {{ count_of('sum(transaction_count)') }} as transaction_count,
        {{ count_of('sum(state_count)') }} as state_count
    from changes
    group by store_id, sku, warehouse_location, day
)

select * from final
