with

entity_orders as (
    select * from {{ ref('int_sales__orders') }}
),

entity_sales as (
    select * from {{ ref('int_sales__orders') }}
),

{{ sales_metrics(['country']) }},

metrics as (
    {{ sales_metrics_and_total(['country']) }}
)

select * from metrics
