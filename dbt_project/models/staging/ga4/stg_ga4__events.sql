with

source as (
    select * from {{ source('raw_ga4', 'events') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id as property_id,
        date,
        event_name,
        session_default_channel_group,
        device_category,
        event_count,
        event_value,
        currency_code,
        time_zone,
        has_other_row,
        is_thresholded,
        fetched_on,
        fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
