-- Where each campaign stands in its life: the first rule that fits decides. The trend holds a day
-- of the last settled weeks against a day of those before; conversions beyond chance decide it,
-- clicks for a campaign that sells nothing.
with

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

trends as (
    select * from {{ ref('int_ad_facts__campaign_trends') }}
),

weeks as (
    select
        *,
        avg(spend) over (partition by store_id, source, campaign_id) as average_spend,
        max(week_start) over (partition by store_id, source, campaign_id) as latest_week
    from {{ ref('ads__campaign_weeks') }}
),

latest_weeks as (
    select * from weeks
    where week_start = latest_week
),

good_weeks as (
    select
        *,
        row_number() over (
            partition by store_id, source, campaign_id
            order by return_on_ad_spend desc, week_start
        ) as place
    from weeks
    where is_settled and return_on_ad_spend is not null and 2 * spend >= average_spend
),

best_weeks as (
    select * from good_weeks
    where place = 1
),

lives as (
    select
        campaigns.store_id,
        campaigns.source,
        campaigns.platform,
        campaigns.campaign_id,
        campaigns.campaign_name,
        campaigns.status,
        coalesce(
            campaigns.status in ('ended', 'deleted')
            or campaigns.end_date < {{ as_of_date() }}
            or {{ dbt.datediff('trends.last_day', as_of_date(), 'day') }}
            >= {{ var('campaign_idle_days') }},
            false
        ) as is_over,
        {{ dbt.datediff('trends.first_day', as_of_date(), 'day') }} + 1 as days_since_start
    from campaigns
    left join trends
        on campaigns.store_id = trends.store_id
        and campaigns.source = trends.source
        and campaigns.campaign_id = trends.campaign_id
),

final as (
    select
        lives.store_id,
        lives.source,
        lives.platform,
        lives.campaign_id,
        lives.campaign_name,
        lives.status,
        case
            when lives.is_over then 'ended'
            when trends.first_day is null then 'new'
            when lives.days_since_start < {{ var('campaign_new_days') }} then 'new'
            when not trends.has_trend then 'learning'
            when not trends.is_beyond_chance then 'mature'
            when trends.trend_pct is null then 'growing'
            when trends.trend_pct <= -{{ var('campaign_trend_pct') }} then 'declining'
            when trends.trend_pct >= {{ var('campaign_trend_pct') }} then 'growing'
            else 'mature'
        end as phase,
        {{ count_of(dbt.datediff('trends.first_day', 'trends.last_day', 'day') ~ ' + 1') }}
            as days_live,
        {{ decimal('trends.spend') }} as spend,
        cast(trends.conversions as {{ type_ratio() }}) as conversions,
        {{ decimal('trends.revenue') }} as revenue,
        {{ safe_divide('trends.revenue', 'trends.spend') }} as return_on_ad_spend,
        trends.recent_daily_spend,
        trends.previous_daily_spend,
        trends.spend_change_pct,
        trends.recent_daily_revenue,
        trends.previous_daily_revenue,
        trends.revenue_change_pct,
        trends.clicks_change_pct,
        trends.recent_roas,
        trends.previous_roas,
        trends.roas_change_pct,
        coalesce(trends.is_beyond_chance, false) as is_beyond_chance,
        trends.last_settled_day as trend_until,
        trends.first_day,
        trends.last_day,
        best_weeks.week_start as best_week,
        best_weeks.return_on_ad_spend as best_week_roas,
        latest_weeks.week_start as latest_week,
        latest_weeks.return_on_ad_spend as latest_week_roas,
        latest_weeks.is_settled as latest_week_is_settled
    from lives
    left join trends
        on lives.store_id = trends.store_id
        and lives.source = trends.source
        and lives.campaign_id = trends.campaign_id
    left join best_weeks
        on lives.store_id = best_weeks.store_id
        and lives.source = best_weeks.source
        and lives.campaign_id = best_weeks.campaign_id
    left join latest_weeks
        on lives.store_id = latest_weeks.store_id
        and lives.source = latest_weeks.source
        and lives.campaign_id = latest_weeks.campaign_id
)

select * from final
