-- A row is a store's day on which ads cost something else in ads.metrics than in the rows of
-- core.ad_performance or in core.marketing_spend. Each row's conversion may be rounded.
with

metrics as (
    select * from {{ ref('ads__metrics') }}
    where period_type = 'day' and store_id <> 'all'
),

performance as (
    select
        store_id,
        date as day,
        count(*) as row_count,
        sum(spend) as spend
    from {{ ref('core__ad_performance') }}
    where date <= {{ as_of_date() }}
    group by store_id, date
),

marketing_spend as (
    select * from {{ ref('core__marketing_spend') }}
    where kind = 'ads'
),

final as (
    select
        metrics.store_id,
        metrics.period_start as day,
        metrics.total_ad_spend,
        performance.spend as spend_of_rows,
        marketing_spend.amount as marketing_spend
    from metrics
    left join performance
        on metrics.store_id = performance.store_id
        and metrics.period_start = performance.day
    left join marketing_spend
        on metrics.store_id = marketing_spend.store_id
        and metrics.period_start = marketing_spend.spend_date
    where
        abs(metrics.total_ad_spend - coalesce(performance.spend, 0))
        > 0.000001 * (1 + coalesce(performance.row_count, 0))
        or abs(metrics.total_ad_spend - coalesce(marketing_spend.amount, 0))
        > 0.000001 * (1 + coalesce(performance.row_count, 0))
)

select * from final
