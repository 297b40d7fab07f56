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
        {{ count_of('sum(impressions)') }} as impressions,
        {{ count_of('sum(clicks)') }} as clicks,
        {{ decimal('sum(spend)') }} as spend,
        cast(sum(conversions) as {{ type_ratio() }}) as conversions,
        {{ decimal('sum(revenue)') }} as revenue,
        {{ count_of('sum(video_views)') }} as video_views,
        {{ count_of('sum(engagements)') }} as engagements,
        cast(sum(add_to_carts) as {{ type_ratio() }}) as add_to_carts,
        cast(null as {{ dbt.type_bigint() }}) as reach,
        cast(sum(view_through_conversions) as {{ type_ratio() }}) as view_through_conversions,
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
