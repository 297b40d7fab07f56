-- What new ads should be like, one row each, by the spend that it is learnt from: what works and
-- what does not on a platform, winners of tests to build on, tired ads to follow up.
with

elements as (
    select
        store_id,
        platform,
        element,
        value,
        spend,
        roas_index
    from {{ ref('ads__creative_elements') }}
    where has_enough_data and value <> 'unknown' and platform <> 'all' and store_id <> 'all'
    union all
    select
        store_id,
        platform,
        'tone' as element,
        sentiment_label as value,
        spend,
        roas_index
    from {{ ref('ads__copy_sentiment') }}
    where
        has_enough_data
        and sentiment_label <> 'unknown'
        and platform <> 'all'
        and store_id <> 'all'
),

winners as (
    select distinct
        store_id,
        platform,
        campaign_name,
        ad_group_name,
        measure,
        winner_ad_id,
        case verdict when 'better' then ad_name else control_ad_name end as winner_ad_name
    from {{ ref('ads__ab_tests') }}
    where winner_ad_id is not null
),

creatives as (
    select
        store_id,
        ad_id,
        sum(spend) as spend
    from {{ ref('ads__creatives') }}
    where period_type = 'last_90_days'
    group by store_id, ad_id
),

cases as (
    select
        store_id,
        platform,
        case when roas_index >= 100 then 'make_more' else 'make_less' end as recommendation,
        element,
        value,
        {{ dbt.concat([
            "case when roas_index >= 100 then 'Make new ads for ' else 'No more new ads for ' end",
            'platform', "' with the '", "replace(element, '_', ' ')", "' '", 'value',
            "': its ROAS is '", fixed_text('roas_index'), "' with that of the platform as 100.'",
        ]) }} as recommendation_text,
        spend
    from elements
    where
        roas_index >= {{ var('creative_strong_index') }}
        or roas_index < {{ var('creative_weak_index') }}
    union all
    select
        winners.store_id,
        winners.platform,
        'build_on_winner' as recommendation,
        winners.measure as element,
        winners.winner_ad_name as value,
        {{ dbt.concat([
            "'Build the next variant in '", 'winners.campaign_name', "', '",
            'winners.ad_group_name', "', on '", 'winners.winner_ad_name', "': it won by '",
            "case winners.measure when 'click_through_rate' then 'click-through rate.' "
            ~ "else 'conversion rate.' end",
        ]) }} as recommendation_text,
        creatives.spend
    from winners
    left join creatives
        on winners.store_id = creatives.store_id
        and winners.winner_ad_id = creatives.ad_id
    union all
    select
        store_id,
        platform,
        'follow_up' as recommendation,
        'ad' as element,
        ad_name as value,
        {{ dbt.concat(["'Make a successor of '", 'ad_name', "'. '", 'sentence']) }}
            as recommendation_text,
        recent_spend as spend
    from {{ ref('ads__creative_fatigue') }}
    where advice in ('refresh_now', 'plan_refresh')
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by
                coalesce(spend, 0) desc,
                {{ by_text('platform') }},
                {{ by_text('recommendation') }},
                {{ by_text('element') }},
                {{ by_text('value') }},
                {{ by_text('recommendation_text') }}
        ) as spend_rank,
        platform,
        recommendation,
        element,
        value,
        recommendation_text,
        {{ rounded('spend') }} as spend
    from cases
)

select * from final
