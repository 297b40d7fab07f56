with

source as (
    select * from {{ source('raw_google_ads', 'ad_groups') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as ad_group_id,
        campaign_id,
        name as ad_group_name,
        status,
        type as ad_group_type,
        _dlt_load_id as load_id
    from source
)

select * from final
