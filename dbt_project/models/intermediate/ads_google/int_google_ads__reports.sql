-- What Google tells of each level as of the latest fetch; kinds of device that we do not tell apart
-- together.
with

figures as (
    select * from {{ ref('int_google_ads__figures') }}
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
        keyword,
        match_type,
        search_term,
        audience_type,
        audience,
        location,
        device_type,
        placement,
        hour,
        currency,
        attribution_window,
        {{ summed_ad_figures(reach='null') }},
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
        keyword,
        match_type,
        search_term,
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
