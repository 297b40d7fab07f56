with

source as (
    select * from {{ source('raw_tiktok_ads', 'gmv_max_daily') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        campaign_id,
        date,
        cost as spend,
        net_cost,
        orders,
        gross_revenue as order_value,
        currency_code as currency,
        time_zone,
        attribution_window,
        fetched_on,
        _dlt_load_id as load_id
    from source
)

select * from final
