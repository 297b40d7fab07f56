with

{{ sales_entity_orders('category') }},

{{ sales_metrics(['category']) }},

metrics as (
    {{ sales_metrics_and_total(['category']) }}
)

select * from metrics
