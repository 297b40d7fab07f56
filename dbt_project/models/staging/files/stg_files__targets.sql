with

source as (
    select * from {{ source('raw_files', 'targets') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        period_type,
        period_start,
        revenue_target,
        orders_target,
        _dlt_load_id as load_id
    from source
)

select * from final
