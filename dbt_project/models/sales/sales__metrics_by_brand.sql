with

{{ sales_entity_orders('brand') }},

{{ sales_metrics(['brand']) }}

select * from metrics
