-- Meta's reports as every ad platform hands them over, each day as its latest fetch found it.
-- Instagram is the publisher of that name; all others are Facebook's. Reports that do not tell the
-- publisher are Facebook's, too: Meta does not break ages or hours down by it.
with

latest as (
    select * from {{ ref('int_facebook_ads__told') }}
    where is_latest
),

named as (
    select
        *,
        case when publisher_platform = 'instagram' then 'instagram' else 'facebook' end as platform,
        case report
            when 'campaign_daily' then 'campaign'
            when 'ad_daily' then 'ad'
            when 'age_daily' then 'audience'
            when 'gender_daily' then 'audience'
            when 'country_daily' then 'location'
            when 'device_daily' then 'device'
            when 'placement_daily' then 'placement'
            when 'hour_daily' then 'hour'
        end as level,
        nullif(ad_group_id, '') as group_id,
        nullif(ad_id, '') as own_ad_id,
        case report when 'age_daily' then 'age' when 'gender_daily' then 'gender' end
            as audience_type,
        case when report in ('age_daily', 'gender_daily') then lower(part) end as audience,
        case when report = 'country_daily' then upper(part) end as location,
        case
            when report <> 'device_daily' then null
            when part in ('iphone', 'ipod', 'android_smartphone') then 'mobile'
            when part in ('ipad', 'android_tablet') then 'tablet'
            when part = 'desktop' then 'desktop'
            else 'other'
        end as device_type,
        case when report = 'placement_daily' then part end as placement,
        cast(case when report = 'hour_daily' then part end as {{ dbt.type_int() }}) as hour
    from latest
),

final as (
    select
        store_id,
        platform,
        account_id,
        level,
        date,
        campaign_id,
        group_id as ad_group_id,
        own_ad_id as ad_id,
        cast(null as {{ dbt.type_string() }}) as keyword,
        cast(null as {{ dbt.type_string() }}) as match_type,
        cast(null as {{ dbt.type_string() }}) as search_term,
        audience_type,
        audience,
        location,
        device_type,
        placement,
        hour,
        currency,
        max(attribution_window) as attribution_window,
        -- People of several publishers may be the same.
        {{ summed_ad_figures(reach='case when count(*) = 1 then max(reach) end') }},
        {{ dbt.bool_or('is_partial') }} as is_partial
    from named
    group by
        store_id, platform, account_id, level, date, campaign_id, group_id, own_ad_id,
        audience_type, audience, location, device_type, placement, hour, currency
)

select * from final
