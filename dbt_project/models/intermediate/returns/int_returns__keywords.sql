-- What the keywords of the taxonomy make of free text: of each text the first sub-reason by
-- priority in each category, and whether that is the first of all. A keyword begins a word of the
-- text.
with

items as (
    select * from {{ ref('int_returns__items') }}
),

keywords as (
    select * from {{ ref('seeds__return_keywords') }}
),

given_texts as (
    select detail as given_text from items
    where detail is not null
    union distinct
    select reason_text as given_text from items
    where reason_text is not null
),

matches as (
    select
        given_texts.given_text,
        keywords.return_reason_category,
        keywords.sub_reason,
        keywords.priority
    from given_texts
    inner join keywords
        on {{ dbt.concat(["' '", 'lower(given_texts.given_text)']) }}
        like {{ dbt.concat(["'% '", 'keywords.keyword', "'%'"]) }}
),

ranked as (
    select
        given_text,
        return_reason_category,
        sub_reason,
        row_number() over (partition by given_text order by priority) as text_position,
        row_number() over (
            partition by given_text, return_reason_category order by priority
        ) as category_position
    from matches
),

final as (
    select
        given_text,
        return_reason_category,
        sub_reason,
        text_position = 1 as is_first
    from ranked
    where category_position = 1
)

select * from final
