with

source as (
    select * from {{ source('raw_facebook_ads', 'ads') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as ad_id,
        campaign_id,
        ad_group_id,
        creative_id,
        name as ad_name,
        status,
        effective_status,
        {{ utc('created_time') }} as created_at,
        {{ utc('updated_time') }} as updated_at,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
