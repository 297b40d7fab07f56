-- Every sales figure of every SKU that sold in a period, ranked by revenue and by units; ties go by
-- SKU. The widest and longest table: the total of a single store is not written a second time.
with

{{ sales_entity_orders('sku') }},

{{ sales_metrics(['sku']) }},

final as (
    select * from store_metrics
)

select * from final
