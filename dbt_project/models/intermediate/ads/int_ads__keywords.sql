-- The keywords of every source, one below the other.
with

final as (
    {{ ad_keywords_of('amazon_ads', ref('int_amazon_ads__keywords')) }}
)

select * from final
