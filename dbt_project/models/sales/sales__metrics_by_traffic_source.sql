with

entity_orders as (
    select * from {{ ref('int_sales__orders') }}
),

entity_sales as (
    select * from {{ ref('int_sales__orders') }}
),

{{ sales_metrics(['traffic_source']) }},

metrics as (
    {{ sales_metrics_and_total(['traffic_source']) }}
)

select * from metrics
