-- When each SKU came in first and sold last, and how long it has lain without a sale. Stock that no
-- movement brought lies since the first day on which it was there.
with

demand as (
    select * from {{ ref('int_stock__demand') }}
),

stock_daily as (
    select
        store_id,
        sku,
        min(day) as first_day
    from {{ ref('core__stock_daily') }}
    where day <= {{ as_of_date() }} and closing > 0
    group by store_id, sku
),

order_items as (
    select
        store_id,
        sku,
        max(order_day) as last_sale_date
    from {{ ref('core__order_items') }}
    where is_valid and order_day <= {{ as_of_date() }}
    group by store_id, sku
),

dated as (
    select
        demand.store_id,
        demand.sku,
        demand.first_received_date,
        order_items.last_sale_date,
        coalesce(demand.first_received_date, stock_daily.first_day) as there_since
    from demand
    left join stock_daily
        on demand.store_id = stock_daily.store_id
        and demand.sku = stock_daily.sku
    left join order_items
        on demand.store_id = order_items.store_id
        and demand.sku = order_items.sku
),

compared as (
    select
        *,
        greatest(
            coalesce(there_since, last_sale_date), coalesce(last_sale_date, there_since)
        ) as lies_since
    from dated
),

final as (
    select
        store_id,
        sku,
        first_received_date,
        last_sale_date,
        {{ count_of(dbt.datediff('lies_since', as_of_date(), 'day')) }} as days_without_sale
    from compared
)

select * from final
