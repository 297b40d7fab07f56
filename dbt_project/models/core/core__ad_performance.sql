-- What each campaign did and cost on each day, at the finest level of things that spend money: the
-- ads that a platform reports and the rest of the campaign, or the rows that files bring.
with

ad_rows as (
    select * from {{ ref('int_ads__allocated') }}
    where level in ('row', 'ad', 'campaign')
),

history as (
    select * from {{ ref('int_ads__history') }}
),

settling as (
    select * from {{ ref('seeds__ad_settling') }}
),

fetched as (
    select
        source,
        store_id,
        campaign_id,
        date,
        max(fetched_on) as last_fetched_on
    from history
    group by source, store_id, campaign_id, date
),

finest_levels as (
    select
        source,
        store_id,
        campaign_id,
        case
            when {{ dbt.bool_or("level = 'row'") }} then 'row'
            when {{ dbt.bool_or("level = 'ad'") }} then 'ad'
            else 'campaign'
        end as level
    from ad_rows
    group by source, store_id, campaign_id
),

finest as (
    select
        ad_rows.*,
        case when ad_rows.level = 'campaign' then 'unallocated' else ad_rows.ad_group_id end
            as own_ad_group_id,
        case when ad_rows.level = 'campaign' then 'unallocated' else ad_rows.ad_id end as own_ad_id,
        coalesce(
            {{ dbt.datediff('ad_rows.date', 'fetched.last_fetched_on', 'day') }}
            >= settling.settling_days,
            {{ dbt.datediff('ad_rows.date', as_of_date(), 'day') }}
            >= {{ var('file_ads_settling_days') }} and settling.settling_days is null
        ) as is_settled
    from ad_rows
    inner join finest_levels
        on ad_rows.source = finest_levels.source
        and ad_rows.store_id = finest_levels.store_id
        and ad_rows.campaign_id = finest_levels.campaign_id
        and ad_rows.level = finest_levels.level
    left join settling on ad_rows.source = settling.source
    left join fetched
        on ad_rows.source = fetched.source
        and ad_rows.store_id = fetched.store_id
        and ad_rows.campaign_id = fetched.campaign_id
        and ad_rows.date = fetched.date
),

final as (
    select
        {{ surrogate_key([
            'store_id', 'source', 'platform', 'campaign_id', 'date', 'own_ad_group_id', 'own_ad_id',
            'keyword', 'device_type', 'location', 'currency',
        ]) }} as performance_id,
        store_id,
        platform,
        account_id,
        campaign_id,
        own_ad_group_id as ad_group_id,
        own_ad_id as ad_id,
        keyword,
        device_type,
        location,
        date,
        impressions,
        clicks,
        spend,
        conversions,
        revenue,
        video_views,
        engagements,
        add_to_carts,
        reach,
        view_through_conversions,
        currency,
        spend_original,
        revenue_original,
        attribution_window,
        source,
        is_unallocated or level = 'campaign' as is_unallocated,
        is_settled
    from finest
)

select * from final
