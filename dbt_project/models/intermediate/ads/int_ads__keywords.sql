-- The keywords of every source, one below the other.
with

final as (
    {{ ad_keywords_of('amazon_ads', ref('int_amazon_ads__keywords')) }}
    union all
    {{ ad_keywords_of('google_ads', ref('int_google_ads__keywords')) }}
)

select * from final
