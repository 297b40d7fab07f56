-- What TikTok tells of each level as of the latest fetch; systems of one kind of device together.
with

figures as (
    select * from {{ ref('int_tiktok_ads__figures') }}
    where is_latest
),

final as (
    select
        store_id,
        platform,
        account_id,
        level,
        date,
        campaign_id,
        ad_group_id,
        ad_id,
        cast(null as {{ dbt.type_string() }}) as keyword,
        cast(null as {{ dbt.type_string() }}) as match_type,
        cast(null as {{ dbt.type_string() }}) as search_term,
        audience_type,
        audience,
        location,
        device_type,
        placement,
        hour,
        currency,
        attribution_window,
        {{ summed_ad_figures() }},
        {{ dbt.bool_or('is_partial') }} as is_partial
    from figures
    group by
        store_id,
        platform,
        account_id,
        level,
        date,
        campaign_id,
        ad_group_id,
        ad_id,
        audience_type,
        audience,
        location,
        device_type,
        placement,
        hour,
        currency,
        attribution_window
)

select * from final
