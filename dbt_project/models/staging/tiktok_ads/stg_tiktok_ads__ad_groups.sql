with

source as (
    select * from {{ source('raw_tiktok_ads', 'ad_groups') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        campaign_id,
        adgroup_id as ad_group_id,
        adgroup_name as ad_group_name,
        budget,
        budget_mode,
        bid_type,
        bid_price,
        optimization_goal,
        audience_ids,
        interest_category_ids,
        shopping_ads_retargeting_type,
        schedule_type,
        {{ utc('schedule_start_time') }} as starts_at,
        {{ utc('schedule_end_time') }} as ends_at,
        operation_status,
        secondary_status,
        coalesce(is_deleted, false) as is_deleted,
        {{ utc('create_time') }} as created_at,
        {{ utc('modify_time') }} as modified_at,
        _dlt_load_id as load_id
    from source
)

select * from final
