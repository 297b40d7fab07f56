-- What one unit in stock costs on the days from valid_from to valid_to. Before its first dated cost
-- a SKU costs what the product says; of a product that says nothing, the first dated cost holds.
with

cost_history as (
    select
        *,
        row_number() over (partition by store_id, sku order by valid_from) as cost_number
    from {{ ref('core__cost_history') }}
),

products as (
    select * from {{ ref('core__products') }}
    where unit_cost is not null
),

final as (
    select
        cost_history.store_id,
        cost_history.sku,
        cost_history.unit_cost,
        case
            when cost_history.cost_number = 1 and products.sku is null
                then cast('1900-01-01' as date)
            else cost_history.valid_from
        end as valid_from,
        cost_history.valid_to
    from cost_history
    left join products
        on cost_history.store_id = products.store_id
        and cost_history.sku = products.sku
)

select * from final
