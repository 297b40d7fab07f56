-- A row is a store whose pacing tells another spend or budget of the month to date than
-- ads.metrics, or a level that does not add up to it.
with

metrics as (
    select * from {{ ref('ads__metrics') }}
    where period_type = 'month_to_date'
),

paced as (
    select
        store_id,
        level,
        sum(spend_to_date) as spend_to_date,
        sum(budget_to_date) as budget_to_date
    from {{ ref('ads__pacing') }}
    group by store_id, level
),

levels as (
    select distinct level from paced
),

final as (
    select
        metrics.store_id,
        levels.level,
        metrics.total_ad_spend,
        paced.spend_to_date,
        metrics.budget,
        paced.budget_to_date
    from metrics
    cross join levels
    left join paced
        on metrics.store_id = paced.store_id
        and levels.level = paced.level
    where
        not (metrics.store_id = 'all' and levels.level = 'campaign')
        and (
            abs(metrics.total_ad_spend - coalesce(paced.spend_to_date, 0)) > 0.0001
            or abs(metrics.budget - coalesce(paced.budget_to_date, 0)) > 0.0001
        )
)

select * from final
