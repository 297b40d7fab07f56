-- What one unit in stock costs on the days from valid_from to valid_to. Before its first known cost
-- the first known one holds.
with

cost_history as (
    select
        *,
        row_number() over (partition by store_id, sku order by valid_from) as cost_number
    from {{ ref('core__cost_history') }}
),

final as (
    select
        store_id,
        sku,
        unit_cost,
        case when cost_number = 1 then cast('1900-01-01' as date) else valid_from end
            as valid_from,
        valid_to
    from cost_history
)

select * from final
