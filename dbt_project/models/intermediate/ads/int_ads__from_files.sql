-- Rows of files at each level that their columns tell, in the shape of the platforms' reports.
with

{{ ad_rows_by_level(ref('int_ads__file_rows')) }},

final as (
    select
        store_id,
        platform,
        cast(null as {{ dbt.type_string() }}) as account_id,
        level,
        date,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword,
        cast(null as {{ dbt.type_string() }}) as match_type,
        cast(null as {{ dbt.type_string() }}) as search_term,
        cast(null as {{ dbt.type_string() }}) as audience_type,
        cast(null as {{ dbt.type_string() }}) as audience,
        location,
        device_type,
        cast(null as {{ dbt.type_string() }}) as placement,
        cast(null as {{ dbt.type_int() }}) as hour,
        currency,
        cast(null as {{ dbt.type_string() }}) as attribution_window,
        impressions,
        clicks,
        spend,
        conversions,
        revenue,
        video_views,
        engagements,
        add_to_carts,
        reach,
        view_through_conversions,
        false as is_partial
    from summed
)

select * from final
