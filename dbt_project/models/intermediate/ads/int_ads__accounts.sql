-- The accounts of every source, one below the other.
with

final as (
    {{ ad_accounts_of('amazon_ads', ref('int_amazon_ads__accounts')) }}
    union all
    {{ ad_accounts_of('facebook_ads', ref('int_facebook_ads__accounts')) }}
    union all
    {{ ad_accounts_of('google_ads', ref('int_google_ads__accounts')) }}
    union all
    {{ ad_accounts_of('tiktok_ads', ref('int_tiktok_ads__accounts')) }}
    union all
    {{ ad_accounts_of('custom_api', ref('int_custom_api__accounts')) }}
)

select * from final
