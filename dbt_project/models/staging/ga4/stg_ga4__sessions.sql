with

source as (
    select * from {{ source('raw_ga4', 'sessions') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id as property_id,
        date,
        session_source,
        session_medium,
        session_campaign_name,
        session_default_channel_group,
        device_category,
        country_id,
        sessions,
        engaged_sessions,
        total_users,
        new_users,
        screen_page_views,
        add_to_carts,
        ecommerce_purchases,
        purchase_revenue,
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
