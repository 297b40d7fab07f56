-- What files tell of campaigns: rows that share all they are told by, added up.
with

performance as (
    select * from {{ ref('stg_files__ad_performance') }}
),

campaigns as (
    select * from {{ ref('stg_files__ad_campaigns') }}
),

named as (
    select
        performance.*,
        coalesce(campaigns.platform, 'unknown') as platform,
        coalesce(performance.currency, campaigns.currency) as own_currency,
        cast(null as {{ dbt.type_bigint() }}) as reach,
        cast(null as {{ type_ratio() }}) as view_through_conversions
    from performance
    left join campaigns
        on performance.store_id = campaigns.store_id
        and performance.campaign_id = campaigns.campaign_id
),

final as (
    select
        store_id,
        platform,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword,
        location,
        device_type,
        own_currency as currency,
        date,
        {{ summed_ad_figures() }}
    from named
    group by
        store_id,
        platform,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword,
        location,
        device_type,
        own_currency,
        date
)

select * from final
