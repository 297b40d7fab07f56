with

source as (
    select * from {{ source('raw_google_ads', 'accounts') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        name as account_name,
        currency_code as currency,
        time_zone,
        status,
        coalesce(is_manager, false) as is_manager,
        hierarchy_level,
        _dlt_load_id as load_id
    from source
)

select * from final
