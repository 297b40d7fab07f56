with

source as (
    select * from {{ source('raw_ml', 'product_keywords') }}
),

final as (
    select
        store_id,
        sku,
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
