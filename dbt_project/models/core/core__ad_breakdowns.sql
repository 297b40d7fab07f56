-- Every report row at every level that a platform reports, with what it leaves out.
with

rows_of_levels as (
    select * from {{ ref('int_ads__allocated') }}
    where level <> 'row'
),

final as (
    select
        {{ surrogate_key([
            'store_id', 'source', 'platform', 'campaign_id', 'level', 'date', 'ad_group_id',
            'ad_id', 'keyword', 'match_type', 'search_term', 'audience_type', 'audience',
            'location', 'device_type', 'placement', 'hour', 'currency',
        ]) }} as breakdown_id,
        store_id,
        level,
        platform,
        account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword,
        match_type,
        search_term,
        audience_type,
        audience,
        location,
        device_type,
        placement,
        hour,
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
        attribution_window,
        source,
        is_unallocated
    from rows_of_levels
)

select * from final
