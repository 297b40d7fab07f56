with

source as (
    select * from {{ source('raw_files', 'web_sessions') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.session_id,
        source.customer_id,
        source.visitor_id,
        {{ instant('source.timestamp', time_zone()) }} as started_at,
        source.utm_source,
        source.utm_medium,
        source.utm_campaign,
        source.landing_page,
        source.device_type,
        source.location,
        source.page_views,
        source.add_to_carts,
        source.sign_ups,
        source.purchases,
        source.order_id,
        source.revenue,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
