-- One row for each purchase order and SKU, as known on the day of the run: what arrives after it
-- is still on its way.
with

purchase_orders as (
    select * from {{ ref('stg_files__purchase_orders') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

products as (
    select * from {{ ref('core__products') }}
),

dated as (
    select
        purchase_orders.store_id,
        purchase_orders.po_id,
        purchase_orders.sku,
        coalesce(purchase_orders.supplier_id, products.supplier_id) as supplier_id,
        coalesce(purchase_orders.warehouse_location, 'main') as warehouse_location,
        purchase_orders.quantity_ordered,
        case
            when purchase_orders.actual_delivery_date > {{ as_of_date() }} then 0
            else purchase_orders.quantity_received
        end as quantity_received,
        purchase_orders.unit_cost,
        {{ shop_date('purchase_orders.order_date', 'stores.time_zone') }} as order_date,
        purchase_orders.expected_delivery_date,
        case
            when purchase_orders.actual_delivery_date <= {{ as_of_date() }}
                then purchase_orders.actual_delivery_date
        end as actual_delivery_date,
        case
            when purchase_orders.actual_delivery_date > {{ as_of_date() }} then 'ordered'
            else purchase_orders.status
        end as status,
        stores.currency,
        stores.reporting_currency
    from purchase_orders
    inner join stores on purchase_orders.store_id = stores.store_id
    left join products
        on purchase_orders.store_id = products.store_id
        and purchase_orders.sku = products.sku
),

late as (
    select
        *,
        coalesce(actual_delivery_date, {{ as_of_date() }}) > expected_delivery_date
        and coalesce(lower(status), '') not in ('cancelled', 'canceled') as is_late
    from dated
),

final as (
    select
        late.store_id,
        late.po_id,
        late.sku,
        late.supplier_id,
        late.warehouse_location,
        late.quantity_ordered,
        {{ count_of(
            'coalesce(late.quantity_received, '
            ~ 'case when late.actual_delivery_date is not null then late.quantity_ordered end, 0)'
        ) }} as quantity_received,
        {{ decimal(
            'late.unit_cost * '
            ~ rate_to_reporting('late.currency', 'late.reporting_currency')
        ) }} as unit_cost,
        late.order_date,
        late.expected_delivery_date,
        late.actual_delivery_date,
        coalesce(
            late.status,
            case when late.actual_delivery_date is not null then 'received' else 'ordered' end
        ) as status,
        late.actual_delivery_date is not null as is_received,
        coalesce(late.is_late, false) as is_late,
        {{ dbt.datediff('late.order_date', 'late.actual_delivery_date', 'day') }}
            as lead_time_days,
        case
            when late.is_late
                then {{ dbt.datediff(
                    'late.expected_delivery_date',
                    'coalesce(late.actual_delivery_date, ' ~ as_of_date() ~ ')',
                    'day',
                ) }}
            else 0
        end as days_late
    from late
    {{ rate_join('late.currency', 'late.reporting_currency', 'late.order_date') }}
)

select * from final
