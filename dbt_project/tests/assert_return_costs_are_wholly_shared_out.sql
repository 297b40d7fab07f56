-- A row is a return whose lines bear other costs than it had.
with

returns as (
    select * from {{ ref('core__returns') }}
    where is_counted and return_date <= {{ as_of_date() }}
),

lines as (
    select
        store_id,
        return_id,
        sum(processing_cost) as processing_cost,
        sum(shipping_cost) as shipping_cost,
        sum(restocking_fee) as restocking_fee
    from {{ ref('int_return_facts__lines') }}
    group by store_id, return_id
),

final as (
    select
        returns.store_id,
        returns.return_id
    from returns
    left join lines
        on returns.store_id = lines.store_id
        and returns.return_id = lines.return_id
    where
        lines.return_id is null
        or lines.processing_cost <> coalesce(returns.processing_cost, 0)
        or lines.shipping_cost <> coalesce(returns.shipping_cost, 0)
        or lines.restocking_fee <> coalesce(returns.restocking_fee, 0)
)

select * from final
