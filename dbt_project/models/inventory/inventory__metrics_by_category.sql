with

{{ inventory_entity_days('category') }},

{{ inventory_metrics(['category']) }}

select * from metrics
