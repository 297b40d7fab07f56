-- The statement of what returns cost, and their trend by reason, say what the metrics say: the same
-- return value, the same loss before disposal and fees, the same units of a month.
with

metrics as (
    select * from {{ ref('returns__metrics') }}
),

statement as (
    select * from {{ ref('returns__profit_and_loss') }}
),

trend as (
    select
        store_id,
        month_start,
        sum(returned_units) as returned_units
    from {{ ref('returns__reason_trend') }}
    where sub_reason = 'all'
    group by store_id, month_start
),

statement_differences as (
    select
        metrics.store_id,
        metrics.period_type,
        metrics.period_start
    from metrics
    inner join statement
        on metrics.store_id = statement.store_id
        and metrics.period_type = statement.period_type
        and metrics.period_start = statement.period_start
    where
        abs(metrics.return_value - statement.return_value) > 0.001
        or metrics.returned_units <> statement.returned_units
        or abs(
            metrics.net_return_loss
            - (
                statement.net_return_cost
                - statement.disposal_cost
                + statement.restocking_fees
                + statement.return_shipping_fees
            )
        ) > 0.001
),

trend_differences as (
    select
        metrics.store_id,
        metrics.period_type,
        metrics.period_start
    from metrics
    inner join trend
        on metrics.store_id = trend.store_id
        and metrics.period_start = trend.month_start
    where
        metrics.period_type in ('month', 'month_to_date')
        and metrics.returned_units <> trend.returned_units
),

final as (
    select * from statement_differences
    union all
    select * from trend_differences
)

select * from final
