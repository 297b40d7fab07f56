-- The actions of report rows in long form, named as TikTok names them; seeds__ad_actions says
-- which of them are purchases. Those of web, shop and app never overlap.
with

report_rows as (
    select * from {{ ref('int_tiktok_ads__rows') }}
),

final as (
    {{ tiktok_actions(
        'report_rows', 'complete_payment', 'web_purchases', 'web_purchase_value'
    ) }}
    union all
    {{ tiktok_actions(
        'report_rows', 'onsite_shopping', 'shop_purchases', 'shop_purchase_value'
    ) }}
    union all
    {{ tiktok_actions('report_rows', 'total_purchase', 'app_purchases', 'app_purchase_value') }}
    union all
    {{ tiktok_actions('report_rows', 'orders', 'orders', 'order_value') }}
    union all
    {{ tiktok_actions('report_rows', 'web_event_add_to_cart', 'web_add_to_carts') }}
    union all
    {{ tiktok_actions('report_rows', 'onsite_on_web_cart', 'shop_add_to_carts') }}
    union all
    {{ tiktok_actions('report_rows', 'total_app_event_add_to_cart', 'app_add_to_carts') }}
    union all
    {{ tiktok_actions('report_rows', 'video_watched_2s', 'video_views_2s') }}
    union all
    {{ tiktok_actions('report_rows', 'video_play_actions', 'video_plays') }}
    union all
    {{ tiktok_actions('report_rows', 'engagements', 'engagements') }}
)

select * from final
