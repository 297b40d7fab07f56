-- Cost of goods by SKU and the days it holds. Before the first known day nothing is in force.
with

costs as (
    select * from {{ ref('stg_files__cost_data') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

converted as (
    select
        costs.store_id,
        costs.sku,
        costs.cost_date,
        {{ decimal(
            'costs.cost_of_goods * '
            ~ rate_to_reporting('stores.currency', 'stores.reporting_currency')
        ) }} as unit_cost,
        {{ latest_load(['costs.load_id', 'rates.load_id']) }} as load_id
    from costs
    inner join stores on costs.store_id = stores.store_id
    {{ rate_join('stores.currency', 'stores.reporting_currency', 'costs.cost_date') }}
),

final as (
    select
        store_id,
        sku,
        unit_cost,
        cost_date as valid_from,
        coalesce(
            {{ add_days(
                -1, 'lead(cost_date) over (partition by store_id, sku order by cost_date)'
            ) }},
            cast('9999-12-31' as date)
        ) as valid_to,
        load_id
    from converted
)

select * from final
