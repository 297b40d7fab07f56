-- Whether the month's ad budget is spent as planned: each campaign, each platform (that campaigns
-- stand at: Instagram's spend counts with Facebook's budget), each store, and all stores together.
-- Spend is final within days, so every day up to the run counts, as in ads.metrics.
with

campaign_pacing as (
    select * from {{ ref('int_ad_facts__campaign_pacing') }}
),

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

levels as (
    select
        'campaign' as level,
        store_id,
        platform,
        source,
        campaign_id,
        {{ pacing_measures() | join(',\n        ') }},
        is_stopped
    from campaign_pacing
    union all
    select
        'platform' as level,
        store_id,
        platform,
        'all' as source,
        'all' as campaign_id,
        {{ summed_pacing_measures() }},
        false as is_stopped
    from campaign_pacing
    group by store_id, platform
    union all
    select
        'store' as level,
        store_id,
        'all' as platform,
        'all' as source,
        'all' as campaign_id,
        {{ summed_pacing_measures() }},
        false as is_stopped
    from campaign_pacing
    group by store_id
    union all
    select
        'platform' as level,
        'all' as store_id,
        platform,
        'all' as source,
        'all' as campaign_id,
        {{ summed_pacing_measures() }},
        false as is_stopped
    from campaign_pacing
    group by platform
    union all
    select
        'store' as level,
        'all' as store_id,
        'all' as platform,
        'all' as source,
        'all' as campaign_id,
        {{ summed_pacing_measures() }},
        false as is_stopped
    from campaign_pacing
    having count(*) > 0
),

judged as (
    select
        *,
        {{ percent('budgeted_spend', 'budget_to_date') }} as pacing_pct,
        {{ percent('projected_budgeted_spend', 'month_budget') }} as projected_pct
    from levels
),

final as (
    select
        judged.store_id,
        judged.level,
        judged.platform,
        judged.source,
        judged.campaign_id,
        campaigns.campaign_name,
        campaigns.status as campaign_status,
        case
            when judged.is_stopped then 'stopped'
            else {{ pacing_status('judged.pacing_pct') }}
        end as status,
        case
            when judged.is_stopped then 'stopped'
            else {{ pacing_status('judged.projected_pct') }}
        end as projected_status,
        {{ decimal('judged.spend_to_date') }} as spend_to_date,
        {{ decimal('judged.budgeted_spend') }} as budgeted_spend,
        {{ decimal('judged.budget_to_date') }} as budget_to_date,
        judged.pacing_pct,
        {{ decimal('judged.month_budget') }} as month_budget,
        {{ decimal('judged.recent_daily_spend') }} as recent_daily_spend,
        {{ decimal('judged.projected_spend') }} as projected_spend,
        {{ decimal('judged.projected_spend_by_month') }} as projected_spend_by_month,
        judged.projected_pct,
        {{ decimal('judged.recommended_daily_spend') }} as recommended_daily_spend,
        {{ count_of('judged.days_left') }} as days_left,
        {{ date_trunc_to('month', as_of_date()) }} as month_start,
        {{ as_of_date() }} as as_of_date
    from judged
    left join campaigns
        on judged.store_id = campaigns.store_id
        and judged.source = campaigns.source
        and judged.campaign_id = campaigns.campaign_id
)

select * from final
