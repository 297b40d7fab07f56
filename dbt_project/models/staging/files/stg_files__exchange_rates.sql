with

source as (
    select * from {{ source('raw_files', 'exchange_rates') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        date,
        from_currency,
        to_currency,
        rate,
        _dlt_load_id as load_id
    from source
)

select * from final
