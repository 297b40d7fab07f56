with

source as (
    select * from {{ source('raw_shopify', 'deletions') }}
),

final as (
    select
        store_id,
        subject_type,
        subject_id,
        {{ utc('deleted_at') }} as deleted_at,
        _dlt_load_id as load_id
    from source
)

select * from final
