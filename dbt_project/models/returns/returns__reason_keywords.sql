-- What customers write about their returns: the phrases that set each reason apart, best first,
-- with how the reason's texts sound.
with

phrases as (
    select * from {{ ref('stg_ml__reason_keywords') }}
),

texts as (
    select * from {{ ref('stg_ml__reason_texts') }}
),

return_items as (
    select * from {{ ref('core__return_items') }}
),

store_categories as (
    select
        texts.store_id,
        return_items.return_reason_category,
        count(*) as category_texts,
        count(texts.sentiment) as heard_texts,
        sum(texts.sentiment) as sentiment_sum,
        sum(case when texts.sentiment_label = 'negative' then 1 else 0 end) as negative_texts,
        sum(case when texts.sentiment_label = 'positive' then 1 else 0 end) as positive_texts
    from texts
    inner join return_items
        on texts.store_id = return_items.store_id
        and texts.return_item_id = return_items.return_item_id
    group by texts.store_id, return_items.return_reason_category
),

categories as (
    {{ plus_all_stores(
        'store_categories',
        ['return_reason_category'],
        ['category_texts', 'heard_texts', 'sentiment_sum', 'negative_texts', 'positive_texts'],
    ) }}
),

final as (
    select
        phrases.store_id,
        phrases.return_reason_category,
        phrases.phrase,
        phrases.phrase_rank,
        phrases.texts,
        100 * phrases.share as share_pct,
        phrases.score,
        phrases.average_sentiment,
        {{ count_of('coalesce(categories.category_texts, 0)') }} as category_texts,
        {{ safe_divide('categories.sentiment_sum', 'categories.heard_texts') }}
            as category_sentiment,
        {{ percent('categories.negative_texts', 'categories.category_texts') }}
            as category_negative_pct,
        {{ percent('categories.positive_texts', 'categories.category_texts') }}
            as category_positive_pct,
        phrases.score >= {{ var('phrase_score') }} as is_telling,
        phrases.as_of_date
    from phrases
    left join categories
        on phrases.store_id = categories.store_id
        and phrases.return_reason_category = categories.return_reason_category
)

select * from final
