-- The report rows of every source, one below the other.
with

final as (
    {{ ad_reports_of('files', ref('int_ads__from_files')) }}
    union all
    {{ ad_reports_of('amazon_ads', ref('int_amazon_ads__reports')) }}
    union all
    {{ ad_reports_of('facebook_ads', ref('int_facebook_ads__reports')) }}
    union all
    {{ ad_reports_of('google_ads', ref('int_google_ads__reports')) }}
    union all
    {{ ad_reports_of('tiktok_ads', ref('int_tiktok_ads__reports')) }}
    union all
    {{ ad_reports_of('custom_api', ref('int_custom_api__reports')) }}
)

select * from final
