with

campaigns as (
    select
        stg_campaigns.*,
        {{ google_day('start_date_time') }} as start_date,
        {{ google_day('end_date_time') }} as end_date
    from {{ ref('stg_google_ads__campaigns') }} as stg_campaigns
),

accounts as (
    select * from {{ ref('stg_google_ads__accounts') }}
),

final as (
    select
        campaigns.store_id,
        'google' as platform,
        campaigns.account_id,
        campaigns.campaign_id,
        campaigns.campaign_name,
        lower(campaigns.channel_type) as campaign_type,
        cast(null as {{ dbt.type_string() }}) as objective,
        case
            when campaigns.status = 'REMOVED' then 'deleted'
            when campaigns.end_date < {{ as_of_date() }} then 'ended'
            else {{ google_status('campaigns.status') }}
        end as status,
        {{ decimal(
            "case when coalesce(campaigns.budget_period, 'DAILY') = 'DAILY'"
            ~ " then campaigns.budget end"
        ) }} as budget,
        campaigns.start_date,
        campaigns.end_date,
        accounts.currency,
        campaigns.bidding_strategy_type as bidding
    from campaigns
    left join accounts
        on campaigns.store_id = accounts.store_id
        and campaigns.account_id = accounts.account_id
)

select * from final
