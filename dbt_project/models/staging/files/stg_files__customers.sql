with

source as (
    select * from {{ source('raw_files', 'customers') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.customer_id,
        source.customer_name,
        lower(trim(source.email)) as email,
        source.phone,
        source.registration_date,
        source.customer_segment,
        source.status,
        source.city,
        source.state,
        source.country,
        {{ instant('source.created_at', time_zone()) }} as created_at,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
