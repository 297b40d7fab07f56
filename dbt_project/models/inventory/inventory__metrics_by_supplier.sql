-- Stock by the supplier that a SKU is replenished from; lead times by the supplier that delivered.
with

{{ inventory_entity_days('supplier_id') }},

{{ inventory_metrics(['supplier_id'], counts_receipts=true) }}

select * from metrics
