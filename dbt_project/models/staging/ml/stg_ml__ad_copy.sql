with

source as (
    select * from {{ source('raw_ml', 'ad_copy') }}
),

final as (
    select
        store_id,
        campaign_id,
        ad_group_id,
        ad_id,
        sentiment,
        sentiment_label,
        as_of_date
    from source
)

select * from final
