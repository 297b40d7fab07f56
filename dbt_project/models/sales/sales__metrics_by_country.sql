with

entity_orders as (
    select * from {{ ref('int_sales__orders') }}
),

{{ sales_metrics(['country']) }}

select * from metrics
