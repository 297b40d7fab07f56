-- Campaigns begin and end with their ad groups, and may have their budget from them; one of GMV Max
-- has no ad groups and says it itself.
with

campaigns as (
    select * from {{ ref('stg_tiktok_ads__campaigns') }}
),

accounts as (
    select * from {{ ref('stg_tiktok_ads__accounts') }}
),

ad_groups as (
    select
        store_id,
        campaign_id,
        min(starts_at) as starts_at,
        max(ends_at) as ends_at,
        sum(
            case when not is_deleted then {{ tiktok_daily_budget('budget_mode', 'budget') }} end
        ) as daily_budget,
        {{ dbt.bool_or("coalesce(schedule_type, '') <> 'SCHEDULE_START_END'") }} as is_endless
    from {{ ref('stg_tiktok_ads__ad_groups') }}
    group by store_id, campaign_id
),

scheduled as (
    select
        campaigns.*,
        accounts.currency,
        case
            when campaigns.budget_mode = 'BUDGET_MODE_INFINITE' then ad_groups.daily_budget
            else {{ tiktok_daily_budget('campaigns.budget_mode', 'campaigns.budget') }}
        end as daily_budget,
        {{ shop_date(
            'coalesce(campaigns.starts_at, ad_groups.starts_at, campaigns.created_at)',
            'accounts.time_zone'
        ) }} as start_date,
        {{ shop_date(
            'case when not ad_groups.is_endless then ad_groups.ends_at'
            ~ ' when campaigns.is_gmv_max then campaigns.ends_at end',
            'accounts.time_zone'
        ) }} as end_date
    from campaigns
    left join accounts
        on campaigns.store_id = accounts.store_id
        and campaigns.account_id = accounts.account_id
    left join ad_groups
        on campaigns.store_id = ad_groups.store_id
        and campaigns.campaign_id = ad_groups.campaign_id
),

final as (
    select
        store_id,
        'tiktok' as platform,
        account_id,
        campaign_id,
        campaign_name,
        case when is_gmv_max then 'gmv_max' else lower(campaign_type) end as campaign_type,
        objective_type as objective,
        case
            when is_deleted then 'deleted'
            when end_date < {{ as_of_date() }} then 'ended'
            when operation_status = 'ENABLE' then 'active'
            else 'paused'
        end as status,
        {{ decimal('daily_budget') }} as budget,
        start_date,
        end_date,
        currency,
        bid_type as bidding
    from scheduled
)

select * from final
