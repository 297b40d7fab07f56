-- A row is a period in which the channels of a model did not sell in all what the store did, with
-- as many orders and new customers.
with

channels as (
    select
        store_id,
        period_type,
        period_start,
        model,
        sum(conversions) as conversions,
        sum(new_customers) as new_customers,
        sum(revenue) as revenue
    from {{ ref('ads__attribution_by_channel') }}
    group by store_id, period_type, period_start, model
),

-- A model is told of a store's orders or of none; of all stores only where of each of them.
complete as (
    select
        models.model,
        stores.store_id
    from {{ ref('int_attribution__models') }} as models
    inner join {{ ref('core__stores') }} as stores on models.store_id = stores.store_id
    union all
    select
        models.model,
        'all' as store_id
    from {{ ref('int_attribution__models') }} as models
    group by models.model
    having count(*) = (
        select max(stores.store_count) from {{ ref('core__stores') }} as stores
        where stores.is_total
    )
),

metrics as (
    select * from {{ ref('sales__metrics') }}
),

final as (
    select
        metrics.store_id,
        metrics.period_type,
        metrics.period_start,
        complete.model,
        metrics.total_revenue,
        channels.revenue
    from metrics
    inner join complete on metrics.store_id = complete.store_id
    inner join {{ ref('core__periods') }} as periods
        on metrics.period_type = periods.period_type
        and metrics.period_start = periods.period_start
    left join channels
        on metrics.store_id = channels.store_id
        and metrics.period_type = channels.period_type
        and metrics.period_start = channels.period_start
        and complete.model = channels.model
    where
        not periods.is_comparison
        and (
            abs(metrics.total_revenue - coalesce(channels.revenue, 0)) > 0.001
            or abs(metrics.orders_count - coalesce(channels.conversions, 0)) > 0.000001
            or abs(metrics.new_customers - coalesce(channels.new_customers, 0)) > 0.000001
        )
)

select * from final
