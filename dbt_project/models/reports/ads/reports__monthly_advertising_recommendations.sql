-- Where to take advertising next, one row each, that which moves the most money a month first:
-- budgets of platforms, platforms that lose, objectives, audiences, campaigns that fade.
with

cases as (
    select
        store_id,
        'budget' as topic,
        platform as subject,
        platform,
        case action when 'raise' then 'raise_budget' else 'cut_budget' end as recommendation,
        {{ dbt.concat([
            "'Spend '", fixed_text('30 * abs(daily_spend_change)'),
            "case action when 'raise' then ' a month more on ' else ' a month less on ' end",
            'platform', "'. '", 'reason',
        ]) }} as recommendation_text,
        30 * abs(daily_spend_change) as monthly_amount
    from {{ ref('ads__budget_recommendations') }}
    where action in ('raise', 'cut')
    union all
    select
        store_id,
        'profit' as topic,
        platform as subject,
        platform,
        'make_profitable' as recommendation,
        {{ dbt.concat([
            "'Rework '", 'platform', "' or spend less on it: after the cost of the goods it lost '",
            fixed_text('-profit_from_ads'), "' in ninety days.'",
        ]) }} as recommendation_text,
        {{ safe_divide('-profit_from_ads', '3') }} as monthly_amount
    from {{ ref('ads__metrics_by_platform') }}
    where period_type = 'last_90_days' and profit_from_ads < 0 and store_id <> 'all'
    union all
    select
        store_id,
        'objective' as topic,
        objective as subject,
        platform,
        'use_best_channel' as recommendation,
        {{ dbt.concat([
            "'For '", 'objective', "' '", 'platform', "' does best and has '",
            fixed_text('spend_share_pct'), "' % of the spend: move more there.'",
        ]) }} as recommendation_text,
        {{ safe_divide('spend * (100 - spend_share_pct)', '3 * spend_share_pct') }}
            as monthly_amount
    from {{ ref('ads__channel_by_objective') }}
    where is_best_channel and spend_share_pct < 50 and store_id <> 'all'
    union all
    select
        store_id,
        'audience' as topic,
        {{ dbt.concat(['audience_type', "' '", 'audience']) }} as subject,
        cast(null as {{ dbt.type_string() }}) as platform,
        case advice when 'expand' then 'expand_audience' else 'cut_audience' end as recommendation,
        {{ dbt.concat([
            "case advice when 'expand' then 'Spend more on ' else 'Spend less on ' end",
            'audience_type', "' '", 'audience', "': its ROAS is '",
            fixed_text('return_on_ad_spend'), "' with '", fixed_text('share_of_spend_pct'),
            "' % of the spend.'",
        ]) }} as recommendation_text,
        {{ safe_divide('total_ad_spend', '3') }} as monthly_amount
    from {{ ref('ads__audience_segments') }}
    where advice in ('expand', 'cut') and store_id <> 'all'
    union all
    select
        store_id,
        'campaign' as topic,
        coalesce(campaign_name, campaign_id) as subject,
        platform,
        'renew_campaign' as recommendation,
        {{ dbt.concat([
            "'Renew or end '", 'coalesce(campaign_name, campaign_id)',
            "case when revenue_change_pct is null then ': its clicks' else ': its revenue' end",
            "' a day changed by '", fixed_text('coalesce(revenue_change_pct, clicks_change_pct)'),
            "' %.'",
        ]) }} as recommendation_text,
        30 * recent_daily_spend as monthly_amount
    from {{ ref('ads__campaign_lifecycle') }}
    where phase = 'declining'
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by
                coalesce(monthly_amount, 0) desc,
                {{ by_text('topic') }},
                {{ by_text('platform') }},
                {{ by_text('subject') }},
                {{ by_text('recommendation_text') }}
        ) as amount_rank,
        topic,
        subject,
        platform,
        recommendation,
        recommendation_text,
        {{ rounded('monthly_amount') }} as monthly_amount
    from cases
)

select * from final
