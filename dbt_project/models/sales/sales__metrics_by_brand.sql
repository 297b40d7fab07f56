with

{{ sales_entity_orders('brand') }},

{{ sales_metrics(['brand']) }},

metrics as (
    {{ sales_metrics_and_total(['brand']) }}
)

select * from metrics
