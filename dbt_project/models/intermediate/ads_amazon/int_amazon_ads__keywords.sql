-- Amazon's keywords; of those with the same text in one ad group, the one that is not archived, or
-- was made last.
with

keywords as (
    select * from {{ ref('stg_amazon_ads__keywords') }}
),

ranked as (
    select
        keywords.*,
        row_number() over (
            partition by
                keywords.store_id,
                keywords.account_id,
                keywords.campaign_id,
                keywords.ad_group_id,
                keywords.keyword,
                keywords.match_type
            order by
                case when keywords.state = 'ARCHIVED' then 1 else 0 end,
                {{ by_text('keywords.keyword_id') }} desc
        ) as place
    from keywords
),

final as (
    select
        store_id,
        'amazon' as platform,
        account_id,
        campaign_id,
        ad_group_id,
        keyword,
        match_type,
        {{ amazon_status('state', 'null') }} as status,
        {{ decimal('bid') }} as bid,
        cast(null as {{ dbt.type_bigint() }}) as quality_score
    from ranked
    where place = 1
)

select * from final
