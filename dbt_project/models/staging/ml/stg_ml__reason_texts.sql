with

source as (
    select * from {{ source('raw_ml', 'reason_texts') }}
),

final as (
    select
        store_id,
        return_id,
        return_item_id,
        sentiment,
        sentiment_label,
        as_of_date
    from source
)

select * from final
