with

source as (
    select * from {{ source('raw_facebook_ads', 'ad_groups') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as ad_group_id,
        campaign_id,
        name as ad_group_name,
        status,
        effective_status,
        optimization_goal,
        billing_event,
        bid_strategy,
        daily_budget,
        lifetime_budget,
        audience_names,
        interest_names,
        {{ utc('start_time') }} as started_at,
        {{ utc('end_time') }} as ends_at,
        {{ utc('created_time') }} as created_at,
        {{ utc('updated_time') }} as updated_at,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
