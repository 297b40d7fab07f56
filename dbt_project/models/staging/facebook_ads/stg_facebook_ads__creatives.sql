with

source as (
    select * from {{ source('raw_facebook_ads', 'creatives') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as creative_id,
        name as creative_name,
        title,
        body,
        call_to_action_type,
        object_type,
        link_url,
        image_url,
        video_id,
        card_count,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
