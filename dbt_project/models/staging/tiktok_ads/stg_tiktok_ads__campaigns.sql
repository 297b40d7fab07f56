with

source as (
    select * from {{ source('raw_tiktok_ads', 'campaigns') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        campaign_id,
        campaign_name,
        campaign_type,
        objective_type,
        budget,
        budget_mode,
        bid_type,
        coalesce(is_gmv_max, false) as is_gmv_max,
        shopping_ads_type,
        shop_id,
        roas_bid,
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
