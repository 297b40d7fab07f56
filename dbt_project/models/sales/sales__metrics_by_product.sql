-- Every SKU that sold in a period, with its name; a view, since the total of a single store repeats
-- that store's rows.
{{ config(materialized='view') }}

with

store_metrics as (
    select * from {{ ref('int_sales__product_metrics') }}
),

stores as (
    select * from {{ ref('core__stores') }}
),

metrics as (
    {{ sales_metrics_and_total(['sku']) }}
),

products as (
    select * from {{ ref('core__products') }}
),

-- Stores may sell different things under one SKU; the total shows one of their names.
names as (
    select
        store_id,
        sku,
        product_name
    from products
    union all
    select
        'all' as store_id,
        sku,
        max(product_name) as product_name
    from products
    group by sku
),

final as (
    select
        metrics.*,
        names.product_name,
        metrics.revenue_contribution_pct as product_contribution_pct,
        metrics.sales_velocity as product_velocity
    from metrics
    left join names
        on metrics.store_id = names.store_id
        and metrics.sku = names.sku
)

select * from final
