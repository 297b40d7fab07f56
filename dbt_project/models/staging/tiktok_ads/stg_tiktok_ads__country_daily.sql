with

source as (
    select * from {{ source('raw_tiktok_ads', 'country_daily') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        campaign_id,
        country_code as country,
        date,
        spend,
        impressions,
        clicks,
        conversion as goal_conversions,
        complete_payment as web_purchases,
        total_complete_payment_rate as web_purchase_value,
        onsite_shopping as shop_purchases,
        total_onsite_shopping_value as shop_purchase_value,
        total_purchase as app_purchases,
        total_purchase_value as app_purchase_value,
        web_event_add_to_cart as web_add_to_carts,
        onsite_on_web_cart as shop_add_to_carts,
        total_app_event_add_to_cart as app_add_to_carts,
        currency_code as currency,
        time_zone,
        attribution_window,
        fetched_on,
        _dlt_load_id as load_id
    from source
)

select * from final
