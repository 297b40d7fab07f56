-- The campaigns of every source, one below the other.
with

final as (
    {{ ad_campaigns_of('files', ref('int_ads__campaigns_from_files')) }}
    union all
    {{ ad_campaigns_of('amazon_ads', ref('int_amazon_ads__campaigns')) }}
    union all
    {{ ad_campaigns_of('facebook_ads', ref('int_facebook_ads__campaigns')) }}
    union all
    {{ ad_campaigns_of('google_ads', ref('int_google_ads__campaigns')) }}
    union all
    {{ ad_campaigns_of('tiktok_ads', ref('int_tiktok_ads__campaigns')) }}
    union all
    {{ ad_campaigns_of('custom_api', ref('int_custom_api__campaigns')) }}
)

select * from final
