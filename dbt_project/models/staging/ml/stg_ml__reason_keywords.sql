with

source as (
    select * from {{ source('raw_ml', 'reason_keywords') }}
),

final as (
    select
        store_id,
        return_reason_category,
        phrase,
        texts,
        share,
        score,
        average_sentiment,
        phrase_rank,
        as_of_date
    from source
)

select * from final
