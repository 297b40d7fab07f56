-- One row a line as sold, money in the reporting currency at the rate of the order's day.
-- unit_cost: the line's own, else the cost in force on the day, else the product's at the rate of
-- the day, else the nearest known one; cost_source says which.
with

shopify as (
    select * from {{ ref('int_orders__items_from_shopify') }}
),

files as (
    select * from {{ ref('int_orders__items_from_files') }}
),

unioned as (
    select * from shopify
    union all
    select * from files
),

orders as (
    select * from {{ ref('core__orders') }}
),

products as (
    select * from {{ ref('core__products') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

cost_history as (
    select * from {{ ref('core__cost_history') }}
),

nearest_costs as (
    select * from {{ ref('int_costs__nearest') }}
),

costed as (
    select
        unioned.*,
        orders.customer_id,
        orders.order_day,
        orders.exchange_rate,
        orders.is_valid,
        orders.created_at,
        {{ latest_load([
            'orders.load_id', 'products.load_id', 'cost_history.load_id', 'nearest_costs.load_id',
            'rates.load_id',
        ]) }} as load_id,
        {{ at_rate('unioned.unit_cost', 'orders.exchange_rate') }} as line_cost,
        cost_history.unit_cost as cost_in_force,
        {{ at_rate(
            'products.original_unit_cost',
            rate_to_reporting('stores.currency', 'stores.reporting_currency'),
        ) }} as product_cost,
        nearest_costs.unit_cost as nearest_cost
    from unioned
    inner join orders
        on unioned.store_id = orders.store_id
        and unioned.order_id = orders.order_id
    inner join stores on unioned.store_id = stores.store_id
    {{ rate_join('stores.currency', 'stores.reporting_currency', 'orders.order_day') }}
    left join products
        on unioned.store_id = products.store_id
        and unioned.sku = products.sku
    left join cost_history
        on unioned.store_id = cost_history.store_id
        and unioned.sku = cost_history.sku
        and orders.order_day between cost_history.valid_from and cost_history.valid_to
    left join nearest_costs
        on unioned.store_id = nearest_costs.store_id
        and unioned.sku = nearest_costs.sku
        and orders.order_day = nearest_costs.day
),

final as (
    select
        store_id,
        order_item_id,
        order_id,
        customer_id,
        sku,
        product_name,
        order_day,
        quantity,
        {{ at_rate('unit_price', 'exchange_rate') }} as unit_price,
        {{ decimal('coalesce(line_cost, cost_in_force, product_cost, nearest_cost)') }}
            as unit_cost,
        {{ at_rate('discount_amount', 'exchange_rate') }} as discount_amount,
        {{ at_rate('total_amount', 'exchange_rate') }} as total_amount,
        case
            when line_cost is not null then 'line'
            when cost_in_force is not null then 'cost_history'
            when product_cost is not null then 'product'
            when nearest_cost is not null then 'nearest'
            else 'unknown'
        end as cost_source,
        is_gift_card,
        is_valid,
        created_at,
        load_id
    from costed
    where {{ landed_since_last_build('load_id') }}
)

select * from final
