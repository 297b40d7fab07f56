-- The ad groups of every source, one below the other.
with

final as (
    {{ ad_groups_of('amazon_ads', ref('int_amazon_ads__ad_groups')) }}
    union all
    {{ ad_groups_of('facebook_ads', ref('int_facebook_ads__ad_groups')) }}
    union all
    {{ ad_groups_of('google_ads', ref('int_google_ads__ad_groups')) }}
    union all
    {{ ad_groups_of('tiktok_ads', ref('int_tiktok_ads__ad_groups')) }}
)

select * from final
