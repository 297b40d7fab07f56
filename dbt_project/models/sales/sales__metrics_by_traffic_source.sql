with

entity_orders as (
    select * from {{ ref('int_sales__orders') }}
),

{{ sales_metrics(['traffic_source']) }}

select * from metrics
