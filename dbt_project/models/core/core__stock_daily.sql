-- One row for each SKU, location and day: opening + received + sold + returned + transferred +
-- adjusted = closing, each signed by its effect. `adjusted` holds what no movement explains, too.
-- Available = on hand less what was reserved at the latest state up to the day.
with

places as (
    select * from {{ ref('int_stock__places') }}
),

levels as (
    select * from {{ ref('int_stock__levels') }}
),

calendar as (
    select * from {{ ref('core__calendar') }}
    where day <= {{ as_of_date() }}
),

unit_costs as (
    select * from {{ ref('int_stock__unit_costs') }}
),

products as (
    select * from {{ ref('core__products') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

store_rates as (
    select
        stores.store_id,
        calendar.day,
        {{ rate_to_reporting('stores.currency', 'stores.reporting_currency') }} as exchange_rate
    from stores
    cross join calendar
    {{ rate_join('stores.currency', 'stores.reporting_currency', 'calendar.day') }}
),

place_days as (
    select
        places.store_id,
        places.sku,
        places.warehouse_location,
        places.opening as first_opening,
        places.is_anchored,
        calendar.day
    from places
    inner join calendar on places.first_day <= calendar.day
),

moved as (
    select
        place_days.*,
        coalesce(levels.received, 0) as received,
        coalesce(levels.sold, 0) as sold,
        coalesce(levels.returned, 0) as returned,
        coalesce(levels.transferred, 0) as transferred,
        coalesce(levels.adjusted + levels.residual, 0) as adjusted,
        coalesce(levels.reserved_change, 0) as reserved_change,
        coalesce(levels.state_count, 0) = 0 and place_days.is_anchored as is_reconstructed
    from place_days
    left join levels
        on place_days.store_id = levels.store_id
        and place_days.sku = levels.sku
        and place_days.warehouse_location = levels.warehouse_location
        and place_days.day = levels.day
),

running as (
    select
        *,
        received + sold + returned + transferred + adjusted as net,
        first_opening
        + sum(received + sold + returned + transferred + adjusted) over to_date as closing,
        sum(reserved_change) over to_date as reserved
    from moved
    window to_date as (
        partition by store_id, sku, warehouse_location order by day
        rows between unbounded preceding and current row
    )
),

costed as (
    select
        running.*,
        coalesce(
            unit_costs.unit_cost,
            {{ decimal('products.original_unit_cost * store_rates.exchange_rate') }}
        ) as unit_cost
    from running
    inner join store_rates
        on running.store_id = store_rates.store_id
        and running.day = store_rates.day
    left join unit_costs
        on running.store_id = unit_costs.store_id
        and running.sku = unit_costs.sku
        and running.day between unit_costs.valid_from and unit_costs.valid_to
    left join products
        on running.store_id = products.store_id
        and running.sku = products.sku
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        day,
        {{ count_of('closing - net') }} as opening,
        {{ count_of('received') }} as received,
        {{ count_of('sold') }} as sold,
        {{ count_of('returned') }} as returned,
        {{ count_of('transferred') }} as transferred,
        {{ count_of('adjusted') }} as adjusted,
        {{ count_of('closing') }} as closing,
        {{ count_of('reserved') }} as reserved,
        {{ count_of('closing - reserved') }} as available,
        unit_cost,
        {{ decimal('case when closing > 0 then closing else 0 end * unit_cost') }} as stock_value,
        is_reconstructed
    from costed
)

select * from final
