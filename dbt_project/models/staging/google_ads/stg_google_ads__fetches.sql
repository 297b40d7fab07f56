with

source as (
    select * from {{ source('raw_google_ads', 'fetches') }}
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
        coalesce(is_partial, false) as is_partial,
        _dlt_load_id as load_id
    from source
)

select * from final
