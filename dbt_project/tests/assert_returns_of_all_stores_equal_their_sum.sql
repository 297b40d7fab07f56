-- A row is a period in which the returns of all stores are not the sum of the stores'.
with

metrics as (
    select * from {{ ref('returns__metrics') }}
),

stores as (
    select
        period_type,
        period_start,
        sum(total_returns) as total_returns,
        sum(returned_units) as returned_units,
        sum(return_value) as return_value,
        sum(refund_amount) as refund_amount,
        sum(net_return_loss) as net_return_loss
    from metrics
    where store_id <> 'all'
    group by period_type, period_start
),

final as (
    select
        totals.period_type,
        totals.period_start,
        totals.return_value as value_of_all,
        stores.return_value as value_of_stores
    from metrics as totals
    inner join stores
        on totals.period_type = stores.period_type
        and totals.period_start = stores.period_start
    where
        totals.store_id = 'all'
        and (
            totals.total_returns <> stores.total_returns
            or totals.returned_units <> stores.returned_units
            or totals.return_value <> stores.return_value
            or totals.refund_amount <> stores.refund_amount
            or totals.net_return_loss <> stores.net_return_loss
        )
)

select * from final
