-- Whether the month's budget is spent as planned: the store, then its platforms, then the campaigns
-- that run, those that are furthest off first.
with

pacing as (
    select * from {{ ref('ads__pacing') }}
    where status <> 'stopped'
),

ranked as (
    select
        *,
        case level when 'store' then 1 when 'platform' then 2 else 3 end as level_rank
    from pacing
),

final as (
    select
        store_id,
        as_of_date,
        row_number() over (
            partition by store_id
            order by
                level_rank,
                case when pacing_pct is null then 1 else 0 end,
                abs(pacing_pct - 100) desc,
                {{ by_text('platform') }},
                {{ by_text('source') }},
                {{ by_text('campaign_id') }}
        ) as pacing_rank,
        level,
        platform,
        campaign_id,
        campaign_name,
        status,
        projected_status,
        {{ rounded('spend_to_date') }} as spend_to_date,
        {{ rounded('budget_to_date') }} as budget_to_date,
        {{ rounded('pacing_pct') }} as pacing_pct,
        {{ rounded('month_budget') }} as month_budget,
        {{ rounded('recent_daily_spend') }} as recent_daily_spend,
        {{ rounded('projected_spend') }} as projected_spend,
        {{ rounded('projected_pct') }} as projected_pct,
        {{ rounded('recommended_daily_spend') }} as recommended_daily_spend,
        days_left
    from ranked
)

select * from final
