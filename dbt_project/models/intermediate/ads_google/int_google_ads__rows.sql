-- The rows of all reports, those of campaigns as of every fetch.
with

campaigns as (
    {{ google_rows('campaign_daily', 'campaign') }}
),

ads as (
    {{ google_rows('ad_daily', 'ad', {'ad_group_id': 'ad_group_id', 'ad_id': 'ad_id'}) }}
),

keywords as (
    {{ google_rows('keyword_daily', 'keyword', {
        'ad_group_id': 'ad_group_id',
        'keyword': 'keyword',
        'match_type': 'lower(match_type)',
    }) }}
),

search_terms as (
    {{ google_rows('search_term_daily', 'search_term', {
        'ad_group_id': 'ad_group_id',
        'search_term': 'search_term',
    }) }}
),

ages as (
    {{ google_rows('demographic_daily', 'audience', {
        'ad_group_id': 'ad_group_id',
        'audience_type': 'demographic',
        'audience': "case value when 'AGE_RANGE_UNDETERMINED' then 'unknown'"
        ~ " when 'AGE_RANGE_65_UP' then '65+'"
        ~ " else replace(replace(value, 'AGE_RANGE_', ''), '_', '-') end",
    }, "demographic = 'age'") }}
),

genders as (
    {{ google_rows('demographic_daily', 'audience', {
        'ad_group_id': 'ad_group_id',
        'audience_type': 'demographic',
        'audience': "case value when 'UNDETERMINED' then 'unknown' else lower(value) end",
    }, "demographic = 'gender'") }}
),

countries as (
    {{ google_rows('location_daily', 'location', {'country_id': 'country_id'}) }}
),

devices as (
    {{ google_rows('segment_daily', 'device', {
        'device_type': "case when value in ('DESKTOP', 'MOBILE', 'TABLET') then lower(value)"
        ~ " else 'other' end",
    }, "segment = 'device'") }}
),

networks as (
    {{ google_rows('segment_daily', 'placement', {
        'placement': "case value when 'CONTENT' then 'display' else lower(value) end",
    }, "segment = 'network'") }}
),

hours as (
    {{ google_rows('segment_daily', 'hour', {'hour': 'value'}, "segment = 'hour'") }}
),

final as (
    select * from campaigns
    union all
    select * from ads
    union all
    select * from keywords
    union all
    select * from search_terms
    union all
    select * from ages
    union all
    select * from genders
    union all
    select * from countries
    union all
    select * from devices
    union all
    select * from networks
    union all
    select * from hours
)

select * from final
