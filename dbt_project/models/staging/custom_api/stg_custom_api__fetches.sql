with

source as (
    select * from {{ source('raw_custom_api', 'fetches') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        report,
        date,
        fetched_on,
        {{ utc('fetched_at') }} as fetched_at,
        row_count,
        is_partial,
        _dlt_load_id as load_id
    from source
)

select * from final
