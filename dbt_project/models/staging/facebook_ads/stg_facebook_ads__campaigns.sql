with

source as (
    select * from {{ source('raw_facebook_ads', 'campaigns') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as campaign_id,
        name as campaign_name,
        objective,
        status,
        effective_status,
        buying_type,
        bid_strategy,
        daily_budget,
        lifetime_budget,
        {{ utc('start_time') }} as started_at,
        {{ utc('stop_time') }} as stops_at,
        {{ utc('created_time') }} as created_at,
        {{ utc('updated_time') }} as updated_at,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
