-- What it costs to send one unit from one location of a store to another.
with

inventory as (
    select * from {{ ref('core__inventory') }}
    where is_tracked
),

transfers as (
    select * from {{ ref('core__transfers') }}
    where transfer_date <= {{ as_of_date() }} and transfer_cost is not null and quantity > 0
),

locations as (
    select distinct
        store_id,
        warehouse_location
    from inventory
),

by_route as (
    select
        store_id,
        from_location,
        to_location,
        sum(quantity) as units,
        sum(transfer_cost) as transfer_cost
    from transfers
    group by store_id, from_location, to_location
),

by_store as (
    select
        store_id,
        sum(quantity) as units,
        sum(transfer_cost) as transfer_cost
    from transfers
    group by store_id
),

final as (
    select
        senders.store_id,
        senders.warehouse_location as from_location,
        receivers.warehouse_location as to_location,
        case
            when by_route.units is not null then 'route'
            when by_store.units is not null then 'store'
            else 'setting'
        end as cost_source,
        {{ count_of('coalesce(by_route.units, 0)') }} as units_sent,
        {{ decimal(
            'coalesce('
            ~ safe_divide('by_route.transfer_cost', 'by_route.units') ~ ', '
            ~ safe_divide('by_store.transfer_cost', 'by_store.units') ~ ', '
            ~ var('transfer_unit_cost') ~ ')'
        ) }} as unit_cost
    from locations as senders
    inner join locations as receivers
        on senders.store_id = receivers.store_id
        and senders.warehouse_location <> receivers.warehouse_location
    left join by_route
        on senders.store_id = by_route.store_id
        and senders.warehouse_location = by_route.from_location
        and receivers.warehouse_location = by_route.to_location
    left join by_store on senders.store_id = by_store.store_id
)

select * from final
