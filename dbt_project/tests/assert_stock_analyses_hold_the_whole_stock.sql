-- A row is a store and an analysis that does not add up to the stock of the ledger: units, value,
-- and the units of dead stock, of which the metrics take off what is oversold.
with

ledger as (
    select
        store_id,
        current_stock_quantity as units,
        stock_value,
        dead_stock_units as dead_units
    from {{ ref('inventory__metrics') }}
    where period_type = 'today'
),

amounts as (
    select
        'stock_status' as analysis, store_id, quantity_on_hand as units, stock_value,
        case when stock_status = 'dead' or quantity_on_hand < 0 then quantity_on_hand else 0 end
            as dead_units
    from {{ ref('inventory__stock_status') }}
    union all
    select
        'stock_status_by_location' as analysis, store_id, quantity_on_hand as units, stock_value,
        null as dead_units
    from {{ ref('inventory__stock_status_by_location') }}
    union all
    select
        'flow_daily' as analysis, store_id, closing_units as units, stock_value,
        null as dead_units
    from {{ ref('inventory__flow_daily') }}
    where day = {{ as_of_date() }} and warehouse_location = 'all'
    union all
    select
        'stock_heatmap' as analysis, store_id, closing_units as units, stock_value,
        null as dead_units
    from {{ ref('inventory__stock_heatmap') }}
    where week_start = {{ week_start(as_of_date()) }}
),

sums as (
    select
        analysis,
        store_id,
        sum(units) as units,
        sum(coalesce(stock_value, 0)) as stock_value,
        sum(dead_units) as dead_units
    from amounts
    group by analysis, store_id
),

final as (
    select
        sums.analysis,
        sums.store_id,
        sums.units,
        ledger.units as ledger_units,
        sums.stock_value,
        ledger.stock_value as ledger_stock_value,
        sums.dead_units,
        ledger.dead_units as ledger_dead_units
    from sums
    inner join ledger on sums.store_id = ledger.store_id
    where
        sums.units <> ledger.units
        or sums.stock_value <> ledger.stock_value
        or sums.dead_units > ledger.dead_units
)

select * from final
