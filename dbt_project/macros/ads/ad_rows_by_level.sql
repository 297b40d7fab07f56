{#- CTEs that sum rows at each level that their columns tell, the last being `summed`. The level
    `row` has all that a row is told by: no platform tells keyword, device and place together. -#}
{% macro ad_rows_by_level(relation) -%}
told_rows as (
    select * from {{ relation }}
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
        told_rows.*,
        levels.level,
        case when levels.level in ('row', 'ad', 'keyword') then told_rows.ad_group_id end
            as level_ad_group_id,
        case when levels.level in ('row', 'ad') then told_rows.ad_id end as level_ad_id,
        case when levels.level in ('row', 'keyword') then told_rows.keyword end as level_keyword,
        case when levels.level in ('row', 'location') then told_rows.location end as level_location,
        case when levels.level in ('row', 'device') then told_rows.device_type end
            as level_device_type
    from told_rows
    cross join levels
    where
        levels.level in ('row', 'campaign')
        or (levels.level = 'ad' and coalesce(told_rows.ad_group_id, told_rows.ad_id) is not null)
        or (levels.level = 'keyword' and told_rows.keyword is not null)
        or (levels.level = 'location' and told_rows.location is not null)
        or (levels.level = 'device' and told_rows.device_type is not null)
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
)
{%- endmacro %}
