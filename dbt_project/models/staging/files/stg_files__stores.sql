with

source as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        store_id,
        store_name,
        currency,
        time_zone,
        country,
        _dlt_load_id as load_id
    from source
)

select * from final
