with

source as (
    select * from {{ source('raw_ml', 'attribution_weights') }}
),

final as (
    select
        store_id,
        model,
        channel,
        effect,
        weight,
        touch_weight,
        as_of_date
    from source
)

select * from final
