-- Rows of described APIs at each level that their columns tell, in the shape of the platforms'
-- reports.
with

{{ ad_rows_by_level(ref('int_custom_api__rows')) }},

campaign_days as (
    select
        store_id,
        campaign_id,
        date,
        max(account_id) as account_id,
        max(attribution_window) as attribution_window,
        max(fetched_on) as fetched_on
    from {{ ref('stg_custom_api__performance') }}
    group by store_id, campaign_id, date
),

fetches as (
    select * from {{ ref('stg_custom_api__fetches') }}
),

final as (
    select
        summed.store_id,
        summed.platform,
        campaign_days.account_id,
        summed.level,
        summed.date,
        summed.campaign_id,
        summed.ad_group_id,
        summed.ad_id,
        summed.keyword,
        cast(null as {{ dbt.type_string() }}) as match_type,
        cast(null as {{ dbt.type_string() }}) as search_term,
        cast(null as {{ dbt.type_string() }}) as audience_type,
        cast(null as {{ dbt.type_string() }}) as audience,
        summed.location,
        summed.device_type,
        cast(null as {{ dbt.type_string() }}) as placement,
        cast(null as {{ dbt.type_int() }}) as hour,
        summed.currency,
        campaign_days.attribution_window,
        summed.impressions,
        summed.clicks,
        summed.spend,
        summed.conversions,
        summed.revenue,
        summed.video_views,
        summed.engagements,
        summed.add_to_carts,
        summed.reach,
        summed.view_through_conversions,
        coalesce(fetches.is_partial, false) as is_partial
    from summed
    inner join campaign_days
        on summed.store_id = campaign_days.store_id
        and summed.campaign_id = campaign_days.campaign_id
        and summed.date = campaign_days.date
    left join fetches
        on campaign_days.store_id = fetches.store_id
        and campaign_days.account_id = fetches.account_id
        and campaign_days.date = fetches.date
        and campaign_days.fetched_on = fetches.fetched_on
)

select * from final
