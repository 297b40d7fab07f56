-- How many people two campaigns reached both, by their touches of the last 90 days: what is spent
-- twice on the same people.
with

touches as (
    select distinct
        store_id,
        campaign_id,
        customer_key
    from {{ ref('core__touchpoints') }}
    where
        campaign_id is not null
        and touch_day <= {{ as_of_date() }}
        and touch_day > {{ add_days(-90, as_of_date()) }}
),

campaigns as (
    select
        store_id,
        campaign_id,
        min(platform) as platform,
        min(campaign_name) as campaign_name
    from {{ ref('core__ad_campaigns') }}
    group by store_id, campaign_id
),

of_ads as (
    select
        touches.store_id,
        touches.campaign_id,
        touches.customer_key
    from touches
    inner join campaigns
        on touches.store_id = campaigns.store_id
        and touches.campaign_id = campaigns.campaign_id
),

reached as (
    select
        store_id,
        campaign_id,
        count(*) as people
    from of_ads
    group by store_id, campaign_id
),

pairs as (
    select
        of_ads.store_id,
        of_ads.campaign_id,
        others.campaign_id as other_campaign_id,
        count(*) as people_of_both
    from of_ads
    inner join of_ads as others
        on of_ads.store_id = others.store_id
        and of_ads.customer_key = others.customer_key
        and of_ads.campaign_id < others.campaign_id
    group by of_ads.store_id, of_ads.campaign_id, others.campaign_id
),

final as (
    select
        pairs.store_id,
        pairs.campaign_id,
        campaigns.campaign_name,
        campaigns.platform,
        pairs.other_campaign_id,
        other_campaigns.campaign_name as other_campaign_name,
        other_campaigns.platform as other_platform,
        {{ count_of('reached.people') }} as people,
        {{ count_of('other_reached.people') }} as other_people,
        {{ count_of('pairs.people_of_both') }} as people_of_both,
        {{ percent(
            'pairs.people_of_both',
            'case when reached.people < other_reached.people then reached.people'
            ~ ' else other_reached.people end'
        ) }} as overlap_pct,
        {{ percent(
            'pairs.people_of_both', 'reached.people + other_reached.people - pairs.people_of_both'
        ) }} as jaccard_pct
    from pairs
    inner join reached
        on pairs.store_id = reached.store_id
        and pairs.campaign_id = reached.campaign_id
    inner join reached as other_reached
        on pairs.store_id = other_reached.store_id
        and pairs.other_campaign_id = other_reached.campaign_id
    inner join campaigns
        on pairs.store_id = campaigns.store_id
        and pairs.campaign_id = campaigns.campaign_id
    inner join campaigns as other_campaigns
        on pairs.store_id = other_campaigns.store_id
        and pairs.other_campaign_id = other_campaigns.campaign_id
)

select * from final
