with

source as (
    select * from {{ source('raw_google_ads', 'keywords') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as criterion_id,
        campaign_id,
        ad_group_id,
        keyword,
        match_type,
        status,
        coalesce(is_negative, false) as is_negative,
        {{ google_micros('cpc_bid_micros') }} as bid,
        quality_score,
        _dlt_load_id as load_id
    from source
)

select * from final
