-- What each fetch told of campaigns, of every source, one below the other.
with

final as (
    {{ ad_history_of('amazon_ads', ref('int_amazon_ads__history')) }}
    union all
    {{ ad_history_of('facebook_ads', ref('int_facebook_ads__history')) }}
    union all
    {{ ad_history_of('google_ads', ref('int_google_ads__history')) }}
    union all
    {{ ad_history_of('tiktok_ads', ref('int_tiktok_ads__history')) }}
)

select * from final
