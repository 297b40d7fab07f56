with

source as (
    select * from {{ source('raw_amazon_ads', 'campaigns') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        campaign_id,
        ad_product,
        name as campaign_name,
        state,
        targeting_type,
        bidding_strategy,
        cost_type,
        goal,
        budget,
        budget_type,
        start_date,
        end_date,
        serving_status,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
