-- What to change in campaigns this week, one row each, that which moves the most money a day first:
-- bids, search terms to shut out, ads to renew, budgets.
with

cases as (
    select
        store_id,
        'keyword' as subject_type,
        {{ dbt.concat([
            'keyword', "case when match_type is null then '' else ', ' end",
            "coalesce(match_type, '')",
        ]) }} as subject,
        platform,
        campaign_id,
        ad_group_id,
        action as recommendation,
        {{ dbt.concat([
            "'Keyword '", 'keyword', "': '",
            "case action when 'pause' then 'pause it. ' when 'bid_up' then 'raise the bid' "
            ~ "else 'lower the bid' end",
            "case when action = 'pause' then '' when suggested_bid is null then '. ' else "
            ~ dbt.concat([
                "' from '", fixed_text('current_bid'), "' to '", fixed_text('suggested_bid'), "'. '"
            ]) ~ ' end',
            'reason',
        ]) }} as recommendation_text,
        {{ safe_divide('total_ad_spend', '90') }} as daily_amount
    from {{ ref('ads__keyword_opportunities') }}
    where action in ('pause', 'bid_up', 'bid_down') and coalesce(status, 'active') = 'active'
    union all
    select
        store_id,
        'search_term' as subject_type,
        search_term as subject,
        platform,
        campaign_id,
        ad_group_id,
        'make_negative' as recommendation,
        {{ dbt.concat([
            "'Make '", 'search_term', "' a negative keyword: '", text_of('clicks'),
            "' clicks cost '", fixed_text('wasted_spend'), "' and sold nothing.'",
        ]) }} as recommendation_text,
        {{ safe_divide('wasted_spend', '90') }} as daily_amount
    from {{ ref('ads__negative_keywords') }}
    where not is_own_keyword
    union all
    select
        store_id,
        'ad' as subject_type,
        ad_name as subject,
        platform,
        campaign_id,
        ad_group_id,
        advice as recommendation,
        {{ dbt.concat(['ad_name', "': '", 'sentence']) }} as recommendation_text,
        {{ safe_divide('recent_spend', '30') }} as daily_amount
    from {{ ref('ads__creative_fatigue') }}
    where advice in ('refresh_now', 'plan_refresh')
    union all
    select
        store_id,
        'campaign' as subject_type,
        coalesce(campaign_name, campaign_id) as subject,
        platform,
        campaign_id,
        cast(null as {{ dbt.type_string() }}) as ad_group_id,
        case status when 'overspending' then 'slow_down' else 'speed_up' end as recommendation,
        {{ dbt.concat([
            'coalesce(campaign_name, campaign_id)', "' is at '", fixed_text('pacing_pct'),
            "' % of its budget to date: spend '", fixed_text('recommended_daily_spend'),
            "' a day instead of '", fixed_text('recent_daily_spend'), "'.'",
        ]) }} as recommendation_text,
        abs(recommended_daily_spend - recent_daily_spend) as daily_amount
    from {{ ref('ads__pacing') }}
    where
        level = 'campaign'
        and status in ('overspending', 'underspending')
        and days_left > 0
        and store_id <> 'all'
    union all
    select
        store_id,
        'platform' as subject_type,
        platform as subject,
        platform,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        cast(null as {{ dbt.type_string() }}) as ad_group_id,
        case action when 'raise' then 'raise_budget' else 'cut_budget' end as recommendation,
        {{ dbt.concat([
            "case action when 'raise' then 'Raise' else 'Cut' end", "' the daily budget of '",
            'platform', "' from '", fixed_text('current_daily_spend'), "' to '",
            fixed_text('recommended_daily_spend'), "'. '", 'reason',
        ]) }} as recommendation_text,
        abs(daily_spend_change) as daily_amount
    from {{ ref('ads__budget_recommendations') }}
    where action in ('raise', 'cut')
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by
                coalesce(daily_amount, 0) desc,
                {{ by_text('subject_type') }},
                {{ by_text('platform') }},
                {{ by_text('campaign_id') }},
                {{ by_text('ad_group_id') }},
                {{ by_text('subject') }},
                {{ by_text('recommendation_text') }}
        ) as amount_rank,
        subject_type,
        subject,
        platform,
        campaign_id,
        ad_group_id,
        recommendation,
        recommendation_text,
        {{ rounded('daily_amount') }} as daily_amount
    from cases
)

select * from final
