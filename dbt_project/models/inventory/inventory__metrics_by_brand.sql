with

{{ inventory_entity_days('brand') }},

{{ inventory_metrics(['brand']) }}

select * from metrics
