-- How much of its budget the store, and each platform, used in each of the last thirteen months.
-- Instagram's spend stands with the budgets of Facebook, which pay for it.
with

months as (
    select
        store_id,
        period_start,
        is_complete,
        case when platform = 'instagram' then 'facebook' else platform end as platform,
        total_ad_spend,
        budget
    from {{ ref('ads__metrics_by_platform') }}
    where
        period_type = 'month'
        and period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
),

levels as (
    select * from months
    union all
    select
        store_id,
        period_start,
        is_complete,
        'all' as platform,
        total_ad_spend,
        budget
    from months
),

summed as (
    select
        store_id,
        period_start,
        is_complete,
        platform,
        sum(total_ad_spend) as spend,
        sum(budget) as budget
    from levels
    group by store_id, period_start, is_complete, platform
),

rated as (
    select
        *,
        {{ percent('spend', 'budget') }} as budget_utilization_pct
    from summed
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        period_start as month_start,
        row_number() over (
            partition by store_id, period_start
            order by
                case when platform = 'all' then 0 else 1 end,
                budget desc,
                {{ by_text('platform') }}
        ) as budget_rank,
        platform,
        is_complete,
        {{ rounded('budget') }} as budget,
        {{ rounded('spend') }} as spend,
        {{ rounded('budget - spend') }} as unspent_budget,
        {{ rounded('budget_utilization_pct') }} as budget_utilization_pct,
        case
            when budget_utilization_pct is null then 'no_budget'
            when budget_utilization_pct > {{ var('pacing_over_pct') }} then 'overspent'
            when budget_utilization_pct < {{ var('pacing_under_pct') }} then 'underspent'
            else 'as_planned'
        end as budget_status
    from rated
)

select * from final
