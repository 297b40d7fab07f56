-- What each fetch told of a campaign's day: how figures grow, and clicks are taken back.
with

figures as (
    select * from {{ ref('int_amazon_ads__figures') }}
),

final as (
    select
        store_id,
        'amazon_ads' as platform_source,
        account_id,
        campaign_id,
        date,
        fetched_on,
        currency,
        {{ decimal('spend') }} as spend,
        {{ count_of('clicks') }} as clicks,
        cast(conversions as {{ type_ratio() }}) as conversions,
        {{ decimal('revenue') }} as revenue
    from figures
    where level = 'campaign'
)

select * from final
