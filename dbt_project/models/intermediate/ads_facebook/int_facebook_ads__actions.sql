-- What people did, of all reports of campaigns and ads, one report below the other.
with

final as (
    {{ facebook_actions(
        'campaign_daily', ref('stg_facebook_ads__campaign_daily_actions'), publisher=true
    ) }}
    union all
    {{ facebook_actions(
        'ad_daily', ref('stg_facebook_ads__ad_daily_actions'), publisher=true, has_ads=true
    ) }}
    union all
    {{ facebook_actions('age_daily', ref('stg_facebook_ads__age_daily_actions'), part='age') }}
    union all
    {{ facebook_actions(
        'gender_daily', ref('stg_facebook_ads__gender_daily_actions'), part='gender'
    ) }}
    union all
    {{ facebook_actions(
        'country_daily', ref('stg_facebook_ads__country_daily_actions'), part='country'
    ) }}
    union all
    {{ facebook_actions(
        'device_daily', ref('stg_facebook_ads__device_daily_actions'),
        publisher=true, part='impression_device'
    ) }}
    union all
    {{ facebook_actions(
        'placement_daily', ref('stg_facebook_ads__placement_daily_actions'),
        publisher=true, part='platform_position'
    ) }}
    union all
    {{ facebook_actions(
        'hour_daily', ref('stg_facebook_ads__hour_daily_actions'), part=text_of('hour')
    ) }}
)

select * from final
