-- A row is a period in which returns and the books differ by a cent that no column explains, or the
-- books are others than those of sales.
with

reconciliation as (
    select * from {{ ref('returns__reconciliation') }}
),

sales_metrics as (
    select * from {{ ref('sales__metrics') }}
),

final as (
    select
        reconciliation.store_id,
        reconciliation.period_type,
        reconciliation.period_start,
        reconciliation.sales_returns_value,
        sales_metrics.returns_value,
        reconciliation.unexplained
    from reconciliation
    inner join sales_metrics
        on reconciliation.store_id = sales_metrics.store_id
        and reconciliation.period_type = sales_metrics.period_type
        and reconciliation.period_start = sales_metrics.period_start
    where
        abs(reconciliation.unexplained) >= 0.01
        or reconciliation.sales_returns_value <> sales_metrics.returns_value
        or reconciliation.refund_adjustments <> sales_metrics.refund_adjustments
)

select * from final
