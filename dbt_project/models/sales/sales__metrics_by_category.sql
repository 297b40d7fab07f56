with

{{ sales_entity_orders('category') }},

{{ sales_metrics(['category'], 'entity_sales') }},

metrics as (
    {{ sales_metrics_and_total(['category']) }}
)

select * from metrics
