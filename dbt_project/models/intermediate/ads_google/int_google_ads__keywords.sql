-- Keywords that ads are shown for; those that keep ads away are left out.
with

keywords as (
    select * from {{ ref('stg_google_ads__keywords') }}
    where not is_negative
),

ranked as (
    select
        keywords.*,
        row_number() over (
            partition by
                keywords.store_id,
                keywords.account_id,
                keywords.ad_group_id,
                keywords.keyword,
                keywords.match_type
            order by
                case when keywords.status = 'REMOVED' then 1 else 0 end,
                {{ by_text('keywords.criterion_id') }}
        ) as place
    from keywords
),

final as (
    select
        store_id,
        'google' as platform,
        account_id,
        campaign_id,
        ad_group_id,
        keyword,
        lower(match_type) as match_type,
        {{ google_status('status') }} as status,
        bid,
        quality_score
    from ranked
    where place = 1
)

select * from final
