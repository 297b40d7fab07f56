-- Amazon's ad groups. Only Sponsored Display says whom it is for: T00030 is audiences that were
-- there before.
with

ad_groups as (
    select * from {{ ref('stg_amazon_ads__ad_groups') }}
),

final as (
    select
        store_id,
        'amazon' as platform,
        account_id,
        campaign_id,
        ad_group_id,
        ad_group_name,
        {{ amazon_status('state', 'null') }} as status,
        case when tactic = 'T00030' then 'retargeting' end as targeting
    from ad_groups
)

select * from final
