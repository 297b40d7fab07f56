with

source as (
    select * from {{ source('raw_amazon_ads', 'keywords') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        keyword_id,
        ad_group_id,
        campaign_id,
        ad_product,
        keyword_text as keyword,
        match_type,
        state,
        bid,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
