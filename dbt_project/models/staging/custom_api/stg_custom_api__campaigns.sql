with

source as (
    select * from {{ source('raw_custom_api', 'campaigns') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        campaign_id,
        platform,
        campaign_name,
        campaign_type,
        status,
        budget,
        start_date,
        end_date,
        objective,
        currency,
        _dlt_load_id as load_id
    from source
)

select * from final
