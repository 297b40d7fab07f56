-- How fast each SKU turned over in ninety days, beside its store and its own last two whole months.
-- What turns over at least as fast as the store's whole stock is fast-moving, what sells and turns
-- over more slowly is slow-moving, what sells nothing does not move.
with

products as (
    select * from {{ ref('inventory__metrics_by_product') }}
    where
        period_type = 'last_90_days'
        and (units_sold > 0 or current_stock_quantity > 0 or average_stock_value > 0)
),

months as (
    select * from {{ ref('inventory__metrics_by_product') }}
    where period_type = 'month'
),

stores as (
    select * from {{ ref('inventory__metrics') }}
    where period_type = 'last_90_days'
),

attributes as (
    select * from {{ ref('inventory__abc') }}
),

compared as (
    select
        products.*,
        coalesce(attributes.product_name, products.sku) as product_name,
        coalesce(attributes.category, 'unknown') as category,
        coalesce(attributes.brand, 'unknown') as brand,
        attributes.abc_class,
        stores.inventory_turnover_annualized as store_turnover_annualized,
        last_month.inventory_turnover_annualized as turnover_last_month,
        month_before.inventory_turnover_annualized as turnover_month_before
    from products
    inner join stores on products.store_id = stores.store_id
    left join attributes
        on products.store_id = attributes.store_id
        and products.sku = attributes.sku
    left join months as last_month
        on products.store_id = last_month.store_id
        and products.sku = last_month.sku
        and last_month.period_start
        = {{ add_months(-1, date_trunc_to('month', add_days(1, as_of_date()))) }}
    left join months as month_before
        on products.store_id = month_before.store_id
        and products.sku = month_before.sku
        and month_before.period_start
        = {{ add_months(-2, date_trunc_to('month', add_days(1, as_of_date()))) }}
),

final as (
    select
        store_id,
        sku,
        product_name,
        category,
        brand,
        abc_class,
        case
            when units_sold <= 0 then 'not_moving'
            when inventory_turnover_annualized >= store_turnover_annualized then 'fast'
            when inventory_turnover_annualized < store_turnover_annualized then 'slow'
        end as movement_class,
        row_number() over (
            partition by store_id
            order by
                coalesce(inventory_turnover_annualized, -1) desc,
                units_sold desc,
                {{ by_text('sku') }}
        ) as turnover_rank,
        inventory_turnover_ratio,
        inventory_turnover_annualized,
        store_turnover_annualized,
        turnover_last_month,
        turnover_month_before,
        {{ change_pct('turnover_last_month', 'turnover_month_before') }} as turnover_change_pct,
        units_sold,
        cost_of_goods_sold,
        inventory_velocity,
        current_stock_quantity,
        stock_value,
        average_stock_value,
        days_of_inventory,
        sell_through_rate
    from compared
)

select * from final
