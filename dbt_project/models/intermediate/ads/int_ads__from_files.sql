-- Rows of files at each level that their columns tell, in the shape of the platforms' reports. The
-- level `row` has all that a row is told by: no platform tells keyword, device and place together.
with

file_rows as (
    select * from {{ ref('int_ads__file_rows') }}
),

levels as (
    select 'row' as level
    union all
    select 'campaign' as level
    union all
    select 'ad' as level
    union all
    select 'keyword' as level
    union all
    select 'location' as level
    union all
    select 'device' as level
),

leveled as (
    select
        file_rows.*,
        levels.level,
        case when levels.level in ('row', 'ad', 'keyword') then file_rows.ad_group_id end
            as level_ad_group_id,
        case when levels.level in ('row', 'ad') then file_rows.ad_id end as level_ad_id,
        case when levels.level in ('row', 'keyword') then file_rows.keyword end as level_keyword,
        case when levels.level in ('row', 'location') then file_rows.location end as level_location,
        case when levels.level in ('row', 'device') then file_rows.device_type end as level_device_type
    from file_rows
    cross join levels
    where
        levels.level in ('row', 'campaign')
        or (levels.level = 'ad' and coalesce(file_rows.ad_group_id, file_rows.ad_id) is not null)
        or (levels.level = 'keyword' and file_rows.keyword is not null)
        or (levels.level = 'location' and file_rows.location is not null)
        or (levels.level = 'device' and file_rows.device_type is not null)
),

summed as (
    select
        store_id,
        platform,
        level,
        date,
        campaign_id,
        level_ad_group_id as ad_group_id,
        level_ad_id as ad_id,
        level_keyword as keyword,
        level_location as location,
        level_device_type as device_type,
        currency,
        {{ summed_ad_figures() }}
    from leveled
    group by
        store_id,
        platform,
        level,
        date,
        campaign_id,
        level_ad_group_id,
        level_ad_id,
        level_keyword,
        level_location,
        level_device_type,
        currency
),

final as (
    select
        store_id,
        platform,
        cast(null as {{ dbt.type_string() }}) as account_id,
        level,
        date,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword,
        cast(null as {{ dbt.type_string() }}) as match_type,
        cast(null as {{ dbt.type_string() }}) as search_term,
        cast(null as {{ dbt.type_string() }}) as audience_type,
        cast(null as {{ dbt.type_string() }}) as audience,
        location,
        device_type,
        cast(null as {{ dbt.type_string() }}) as placement,
        cast(null as {{ dbt.type_int() }}) as hour,
        currency,
        cast(null as {{ dbt.type_string() }}) as attribution_window,
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
        false as is_partial
    from summed
)

select * from final
