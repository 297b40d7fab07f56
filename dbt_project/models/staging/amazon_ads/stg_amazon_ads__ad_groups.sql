with

source as (
    select * from {{ source('raw_amazon_ads', 'ad_groups') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        ad_group_id,
        campaign_id,
        ad_product,
        name as ad_group_name,
        state,
        default_bid,
        tactic,
        creative_type,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
