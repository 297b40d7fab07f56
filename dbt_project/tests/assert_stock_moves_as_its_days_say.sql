-- A row is a day whose opening and movements do not make its closing, or that does not open where
-- the day before closed.
with

stock_daily as (
    select * from {{ ref('core__stock_daily') }}
),

compared as (
    select
        *,
        lag(closing) over (
            partition by store_id, sku, warehouse_location order by day
        ) as closing_before
    from stock_daily
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        day,
        closing_before,
        opening,
        closing
    from compared
    where
        opening + received + sold + returned + transferred + adjusted <> closing
        or opening <> closing_before
)

select * from final
