with

source as (
    select * from {{ source('raw_amazon_ads', 'ads') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        ad_id,
        ad_group_id,
        campaign_id,
        ad_product,
        name as ad_name,
        state,
        asin,
        sku,
        creative_type,
        headline,
        landing_page,
        {{ utc('created_at') }} as created_at,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
