with

figures as (
    select * from {{ ref('int_google_ads__figures') }}
    where level = 'campaign'
),

final as (
    select
        store_id,
        'google_ads' as platform_source,
        account_id,
        campaign_id,
        date,
        fetched_on,
        currency,
        spend,
        clicks,
        conversions,
        revenue
    from figures
)

select * from final
