-- One row a SKU. A SKU that was sold and that no product names is made up and flagged is_inferred.
with

shopify as (
    select * from {{ ref('int_products__from_shopify') }}
),

files as (
    select * from {{ ref('int_products__from_files') }}
),

named as (
    select * from shopify
    union all
    select * from files
),

sold as (
    select * from {{ ref('int_products__sold') }}
),

inferred as (
    select
        sold.store_id,
        sold.sku,
        sold.product_name
    from sold
    left join named
        on sold.store_id = named.store_id
        and sold.sku = named.sku
    where named.sku is null
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

rated_stores as (
    select
        stores.store_id,
        stores.currency,
        {{ rate_to_reporting('stores.currency', 'stores.reporting_currency') }} as exchange_rate,
        rates.load_id
    from stores
    {{ rate_join('stores.currency', 'stores.reporting_currency', as_of_date()) }}
),

known as (
    select
        named.store_id,
        named.sku,
        named.product_name,
        named.description,
        named.category,
        named.sub_category,
        named.brand,
        named.supplier_id,
        {{ decimal('named.unit_cost * rated_stores.exchange_rate') }} as unit_cost,
        {{ decimal('named.unit_cost') }} as original_unit_cost,
        rated_stores.currency as original_currency,
        {{ decimal('named.current_price * rated_stores.exchange_rate') }} as current_price,
        {{ decimal('named.list_price * rated_stores.exchange_rate') }} as list_price,
        {{ decimal('named.minimum_price * rated_stores.exchange_rate') }} as minimum_price,
        {{ decimal('named.maximum_price * rated_stores.exchange_rate') }} as maximum_price,
        named.target_margin_percent,
        named.reorder_point,
        named.safety_stock_level,
        named.lead_time_days,
        named.order_multiple,
        named.minimum_order_quantity,
        named.launch_date,
        named.status,
        named.is_gift_card,
        false as is_inferred,
        named.created_at,
        named.updated_at,
        {{ latest_load(['named.load_id', 'rated_stores.load_id']) }} as load_id
    from named
    inner join rated_stores on named.store_id = rated_stores.store_id
),

final as (
    select * from known
    union all
    select
        store_id,
        sku,
        product_name,
        cast(null as {{ dbt.type_string() }}) as description,
        cast(null as {{ dbt.type_string() }}) as category,
        cast(null as {{ dbt.type_string() }}) as sub_category,
        cast(null as {{ dbt.type_string() }}) as brand,
        cast(null as {{ dbt.type_string() }}) as supplier_id,
        cast(null as {{ dbt.type_numeric() }}) as unit_cost,
        cast(null as {{ dbt.type_numeric() }}) as original_unit_cost,
        cast(null as {{ dbt.type_string() }}) as original_currency,
        cast(null as {{ dbt.type_numeric() }}) as current_price,
        cast(null as {{ dbt.type_numeric() }}) as list_price,
        cast(null as {{ dbt.type_numeric() }}) as minimum_price,
        cast(null as {{ dbt.type_numeric() }}) as maximum_price,
        cast(null as {{ dbt.type_numeric() }}) as target_margin_percent,
        cast(null as {{ dbt.type_bigint() }}) as reorder_point,
        cast(null as {{ dbt.type_bigint() }}) as safety_stock_level,
        cast(null as {{ dbt.type_bigint() }}) as lead_time_days,
        cast(null as {{ dbt.type_bigint() }}) as order_multiple,
        cast(null as {{ dbt.type_bigint() }}) as minimum_order_quantity,
        cast(null as date) as launch_date,
        'active' as status,
        false as is_gift_card,
        true as is_inferred,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        '' as load_id
    from inferred
)

select * from final
