-- The rows of all reports, each with every figure that any report has; of campaigns, every fetch.
with

campaigns as (
    {{ tiktok_rows(
        'campaign_daily', 'campaign', tiktok_delivery() + tiktok_attention() + ['reach']
    ) }}
),

gmv_max as (
    {{ tiktok_rows('gmv_max_daily', 'campaign', ['spend', 'orders', 'order_value']) }}
),

ads as (
    {{ tiktok_rows(
        'ad_daily', 'ad', tiktok_delivery() + tiktok_attention() + ['reach'],
        {'ad_group_id': 'ad_group_id', 'ad_id': 'ad_id'}
    ) }}
),

ages as (
    {{ tiktok_rows(
        'age_daily', 'audience', tiktok_delivery(),
        {
            'audience_type': "'age'",
            'audience': "case age when 'NONE' then 'unknown' when 'AGE_55_100' then '55+'"
            ~ " else replace(replace(age, 'AGE_', ''), '_', '-') end"
        }
    ) }}
),

genders as (
    {{ tiktok_rows(
        'gender_daily', 'audience', tiktok_delivery(),
        {
            'audience_type': "'gender'",
            'audience': "case gender when 'NONE' then 'unknown' else lower(gender) end"
        }
    ) }}
),

countries as (
    {{ tiktok_rows('country_daily', 'location', tiktok_delivery(), {'location': 'country'}) }}
),

placements as (
    {{ tiktok_rows(
        'placement_daily', 'placement', tiktok_delivery(),
        {'placement': "lower(replace(placement, 'PLACEMENT_', ''))"}
    ) }}
),

devices as (
    {{ tiktok_rows(
        'platform_daily', 'device', tiktok_delivery(), {'device_type': 'operating_system'}
    ) }}
),

hours as (
    {{ tiktok_rows(
        'campaign_hourly', 'hour', tiktok_delivery() + tiktok_attention(), {'hour': 'hour'}
    ) }}
),

told as (
    select * from campaigns
    union all
    select * from gmv_max
    union all
    select * from ads
    union all
    select * from ages
    union all
    select * from genders
    union all
    select * from countries
    union all
    select * from placements
    union all
    select * from devices
    union all
    select * from hours
),

final as (
    select
        {{ surrogate_key([
            'store_id', 'account_id', 'report', 'campaign_id', 'ad_id', 'audience', 'location',
            'device_type', 'placement', 'hour', 'date', 'fetched_on',
        ]) }} as row_key,
        told.*
    from told
)

select * from final
