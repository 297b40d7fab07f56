-- What each fetch found for each campaign and day: Meta goes on adding conversions for weeks.
with

told as (
    select * from {{ ref('int_facebook_ads__told') }}
    where report = 'campaign_daily'
),

final as (
    select
        store_id,
        'facebook_ads' as platform_source,
        account_id,
        campaign_id,
        date,
        fetched_on,
        currency,
        {{ decimal('sum(spend)') }} as spend,
        {{ count_of('sum(clicks)') }} as clicks,
        cast(sum(conversions) as {{ type_ratio() }}) as conversions,
        {{ decimal('sum(revenue)') }} as revenue
    from told
    group by store_id, account_id, campaign_id, date, fetched_on, currency
)

select * from final
