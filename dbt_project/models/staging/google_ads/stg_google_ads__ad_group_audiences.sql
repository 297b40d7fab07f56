with

source as (
    select * from {{ source('raw_google_ads', 'ad_group_audiences') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as criterion_id,
        campaign_id,
        ad_group_id,
        type as audience_type,
        status,
        coalesce(is_negative, false) as is_negative,
        _dlt_load_id as load_id
    from source
)

select * from final
