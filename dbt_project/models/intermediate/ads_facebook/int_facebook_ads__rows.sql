-- Rows of all reports of campaigns and ads, one report below the other.
with

final as (
    {{ facebook_rows('campaign_daily', ref('stg_facebook_ads__campaign_daily'), publisher=true) }}
    union all
    {{ facebook_rows(
        'ad_daily', ref('stg_facebook_ads__ad_daily'), publisher=true, has_ads=true
    ) }}
    union all
    {{ facebook_rows('age_daily', ref('stg_facebook_ads__age_daily'), part='age') }}
    union all
    {{ facebook_rows('gender_daily', ref('stg_facebook_ads__gender_daily'), part='gender') }}
    union all
    {{ facebook_rows('country_daily', ref('stg_facebook_ads__country_daily'), part='country') }}
    union all
    {{ facebook_rows(
        'device_daily', ref('stg_facebook_ads__device_daily'),
        publisher=true, part='impression_device'
    ) }}
    union all
    {{ facebook_rows(
        'placement_daily', ref('stg_facebook_ads__placement_daily'),
        publisher=true, part='platform_position'
    ) }}
    union all
    {{ facebook_rows(
        'hour_daily', ref('stg_facebook_ads__hour_daily'), part=text_of('hour')
    ) }}
)

select * from final
