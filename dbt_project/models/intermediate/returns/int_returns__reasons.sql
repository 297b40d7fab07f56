-- Why each line came back, in the words of the taxonomy. The category is the given one (or what
-- the given word counts as), else that of the detail, else that of what was written, as it is or
-- by its keywords, else other. A detail of four words or more that the taxonomy does not know is
-- free text.
with

items as (
    select * from {{ ref('int_returns__items') }}
),

reasons as (
    select * from {{ ref('seeds__return_reasons') }}
),

keywords as (
    select * from {{ ref('int_returns__keywords') }}
),

first_keywords as (
    select * from keywords
    where is_first
),

categorized as (
    select
        items.store_id,
        items.return_item_id,
        items.source,
        items.detail,
        items.reason_text,
        given.sub_reason as given_sub_reason,
        details.return_reason_category as detail_category,
        details.sub_reason as detail_sub_reason,
        texts.return_reason_category as text_category,
        texts.sub_reason as text_sub_reason,
        coalesce(
            given.return_reason_category,
            -- A detail of "other" leaves the word to what the customer wrote.
            nullif(details.return_reason_category, 'other'),
            detail_keywords.return_reason_category,
            nullif(texts.return_reason_category, 'other'),
            text_keywords.return_reason_category,
            'other'
        ) as return_reason_category
    from items
    left join reasons as given on {{ reason_key('items.reason') }} = given.reason
    left join reasons as details on {{ reason_key('items.detail') }} = details.reason
    left join reasons as texts on {{ reason_key('items.reason_text') }} = texts.reason
    left join first_keywords as detail_keywords on items.detail = detail_keywords.given_text
    left join first_keywords as text_keywords on items.reason_text = text_keywords.given_text
),

named as (
    select
        categorized.store_id,
        categorized.return_item_id,
        categorized.source,
        categorized.detail,
        categorized.reason_text,
        categorized.return_reason_category,
        coalesce(
            case
                when categorized.detail_category = categorized.return_reason_category
                    then categorized.detail_sub_reason
            end,
            categorized.given_sub_reason,
            detail_keywords.sub_reason,
            case
                when categorized.text_category = categorized.return_reason_category
                    then categorized.text_sub_reason
            end,
            text_keywords.sub_reason
        ) as sub_reason,
        categorized.detail_category is null and {{ word_count('categorized.detail') }} >= 4
            as is_free_text
    from categorized
    left join keywords as detail_keywords
        on categorized.detail = detail_keywords.given_text
        and categorized.return_reason_category = detail_keywords.return_reason_category
    left join keywords as text_keywords
        on categorized.reason_text = text_keywords.given_text
        and categorized.return_reason_category = text_keywords.return_reason_category
),

final as (
    select
        store_id,
        return_item_id,
        return_reason_category,
        case
            when source = 'shopify' or is_free_text then coalesce(sub_reason, detail)
            else detail
        end as return_reason_detail,
        sub_reason,
        reason_text
    from named
)

select * from final
