with

{{ sales_entity_orders('category') }},

{{ sales_metrics(['category']) }}

select * from metrics
