with

source as (
    select * from {{ source('raw_tiktok_ads', 'ads') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        campaign_id,
        adgroup_id as ad_group_id,
        ad_id,
        ad_name,
        ad_format,
        ad_text,
        call_to_action,
        landing_page_url as landing_page,
        video_id,
        image_ids,
        operation_status,
        secondary_status,
        coalesce(is_deleted, false) as is_deleted,
        {{ utc('create_time') }} as created_at,
        {{ utc('modify_time') }} as modified_at,
        _dlt_load_id as load_id
    from source
)

select * from final
