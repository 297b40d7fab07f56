-- Every SKU that was ever sold or in stock: what its series needs to know of it. The series begins
-- with the first sale or the first day in stock, whichever is earlier.
with

products as (
    select * from {{ ref('core__products') }}
),

backorders as (
    select * from {{ ref('int_stock__backorders') }}
),

sold as (
    select
        store_id,
        sku,
        min(day) as first_sale_day
    from {{ ref('int_stock__sales') }}
    group by store_id, sku
),

stocked as (
    select
        store_id,
        sku,
        min(case when closing > 0 then day end) as first_stock_day,
        max(case when available > 0 then day end) as last_available_day
    from {{ ref('core__stock_daily') }}
    where day <= {{ as_of_date() }}
    group by store_id, sku
),

final as (
    select
        products.store_id,
        products.sku,
        coalesce(products.category, 'unknown') as category,
        backorders.sku is not null as takes_backorders,
        coalesce(products.status, 'active') = 'discontinued' as is_discontinued,
        sold.first_sale_day,
        stocked.first_stock_day,
        stocked.last_available_day,
        case
            when stocked.first_stock_day < sold.first_sale_day then stocked.first_stock_day
            else coalesce(sold.first_sale_day, stocked.first_stock_day)
        end as first_day
    from products
    left join sold
        on products.store_id = sold.store_id
        and products.sku = sold.sku
    left join stocked
        on products.store_id = stocked.store_id
        and products.sku = stocked.sku
    left join backorders
        on products.store_id = backorders.store_id
        and products.sku = backorders.sku
    where
        sold.first_sale_day is not null
        or (stocked.first_stock_day is not null and not products.is_gift_card)
)

select * from final
