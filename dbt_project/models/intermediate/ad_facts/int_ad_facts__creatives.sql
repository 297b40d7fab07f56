-- What each ad did on each platform over the last `ad_window_days`, and what it is made of.
-- Conversions and revenue are those of settled days, with the clicks and the spend of those days:
-- else an ad that is new would look worse than it is.
with

performance as (
    select * from {{ ref('core__ad_performance') }}
    where
        not is_unallocated
        and ad_id is not null
        and date <= {{ as_of_date() }}
        and {{ dbt.datediff('date', as_of_date(), 'day') }} < {{ var('ad_window_days') }}
),

ads as (
    select * from {{ ref('core__ads') }}
),

copy as (
    select * from {{ ref('stg_ml__ad_copy') }}
),

sums as (
    select
        store_id,
        source,
        platform,
        campaign_id,
        ad_id,
        {{ count_of('coalesce(sum(impressions), 0)') }} as impressions,
        {{ count_of('coalesce(sum(clicks), 0)') }} as clicks,
        {{ decimal('coalesce(sum(spend), 0)') }} as spend,
        {{ count_of('coalesce(sum(case when is_settled then clicks end), 0)') }} as settled_clicks,
        {{ decimal('coalesce(sum(case when is_settled then spend end), 0)') }} as settled_spend,
        cast(coalesce(sum(case when is_settled then conversions end), 0) as {{ type_ratio() }})
            as conversions,
        {{ decimal('coalesce(sum(case when is_settled then revenue end), 0)') }} as revenue
    from performance
    group by store_id, source, platform, campaign_id, ad_id
),

final as (
    select
        sums.*,
        {{ surrogate_key(['sums.store_id', 'sums.source', 'sums.campaign_id', 'sums.ad_id']) }}
            as ad_key,
        coalesce(ads.format, 'unknown') as format,
        coalesce(nullif(trim(ads.headline), ''), 'unknown') as headline,
        coalesce(nullif(lower(trim(ads.call_to_action)), ''), 'unknown') as call_to_action,
        copy.sentiment,
        coalesce(copy.sentiment_label, 'unknown') as sentiment_label
    from sums
    inner join ads
        on sums.store_id = ads.store_id
        and sums.source = ads.source
        and sums.campaign_id = ads.campaign_id
        and sums.ad_id = ads.ad_id
    left join copy
        on ads.store_id = copy.store_id
        and ads.campaign_id = copy.campaign_id
        and ads.ad_group_id = copy.ad_group_id
        and ads.ad_id = copy.ad_id
)

select * from final
