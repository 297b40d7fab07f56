-- Meta's ad sets, and whom they are meant for: by the names of their audiences, which Meta begins
-- with the word for lookalikes.
with

ad_groups as (
    select * from {{ ref('stg_facebook_ads__ad_groups') }}
),

accounts as (
    select * from {{ ref('stg_facebook_ads__accounts') }}
),

final as (
    select
        ad_groups.store_id,
        'facebook' as platform,
        ad_groups.account_id,
        ad_groups.campaign_id,
        ad_groups.ad_group_id,
        ad_groups.ad_group_name,
        {{ facebook_status(
            'ad_groups.effective_status', shop_date('ad_groups.ends_at', 'accounts.time_zone')
        ) }} as status,
        case
            when lower(ad_groups.audience_names) like '%lookalike%' then 'lookalike'
            when ad_groups.audience_names is not null then 'retargeting'
            when ad_groups.interest_names is not null then 'interest'
            else 'prospecting'
        end as targeting
    from ad_groups
    inner join accounts
        on ad_groups.store_id = accounts.store_id
        and ad_groups.account_id = accounts.account_id
)

select * from final
