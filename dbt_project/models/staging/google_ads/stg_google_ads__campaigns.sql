with

source as (
    select * from {{ source('raw_google_ads', 'campaigns') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as campaign_id,
        name as campaign_name,
        status,
        channel_type,
        bidding_strategy_type,
        start_date_time,
        end_date_time,
        {{ google_micros('budget_micros') }} as budget,
        budget_period,
        coalesce(is_budget_shared, false) as is_budget_shared,
        _dlt_load_id as load_id
    from source
)

select * from final
