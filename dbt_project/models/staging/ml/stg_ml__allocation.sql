with

source as (
    select * from {{ source('raw_ml', 'allocation') }}
),

final as (
    select
        store_id,
        sku,
        from_location,
        to_location,
        units,
        transfer_cost,
        as_of_date
    from source
)

select * from final
