-- The ads of every source, one below the other.
with

final as (
    {{ ads_of('amazon_ads', ref('int_amazon_ads__ads')) }}
    union all
    {{ ads_of('facebook_ads', ref('int_facebook_ads__ads')) }}
    union all
    {{ ads_of('google_ads', ref('int_google_ads__ads')) }}
    union all
    {{ ads_of('tiktok_ads', ref('int_tiktok_ads__ads')) }}
)

select * from final
