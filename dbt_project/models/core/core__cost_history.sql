-- Cost of goods by SKU and the days it holds. Before a file's first known day nothing is in force.
-- A Shopify shop's costs, as seen day by day, count where no file tells a SKU's; what it was first
-- seen to cost holds for all days before, since Shopify does not keep what was.
with

costs as (
    select * from {{ ref('stg_files__cost_data') }}
),

seen_costs as (
    select * from {{ ref('int_costs__seen') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

unioned as (
    select
        store_id,
        sku,
        cost_date as known_on,
        cost_date as valid_from,
        cost_of_goods as unit_cost,
        load_id
    from costs
    union all
    select
        store_id,
        sku,
        known_on,
        valid_from,
        unit_cost,
        load_id
    from seen_costs
),

converted as (
    select
        unioned.store_id,
        unioned.sku,
        unioned.valid_from,
        {{ decimal(
            'unioned.unit_cost * '
            ~ rate_to_reporting('stores.currency', 'stores.reporting_currency')
        ) }} as unit_cost,
        {{ latest_load(['unioned.load_id', 'rates.load_id']) }} as load_id
    from unioned
    inner join stores on unioned.store_id = stores.store_id
    {{ rate_join('stores.currency', 'stores.reporting_currency', 'unioned.known_on') }}
),

final as (
    select
        store_id,
        sku,
        unit_cost,
        valid_from,
        coalesce(
            {{ add_days(
                -1, 'lead(valid_from) over (partition by store_id, sku order by valid_from)'
            ) }},
            cast('9999-12-31' as date)
        ) as valid_to,
        load_id
    from converted
)

select * from final
