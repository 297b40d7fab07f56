with

source as (
    select * from {{ source('raw_google_ads', 'ads') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as ad_id,
        campaign_id,
        ad_group_id,
        name as ad_name,
        status,
        type as ad_type,
        final_urls,
        search_headlines,
        search_descriptions,
        display_headlines,
        display_descriptions,
        display_call_to_action,
        video_headlines,
        video_descriptions,
        video_calls_to_action,
        carousel_call_to_action,
        _dlt_load_id as load_id
    from source
)

select * from final
