-- The daily budgets of campaigns, a row for each day on which a campaign runs, up to the run, in
-- reporting currency at the rate of the day. A campaign without a first day runs from its first
-- row of figures; its status of today says nothing of former days.
with

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
    where budget_original is not null
),

performance as (
    select * from {{ ref('core__ad_performance') }}
),

calendar as (
    select * from {{ ref('core__calendar') }}
    where day <= {{ as_of_date() }}
),

stores as (
    select * from {{ ref('core__stores') }}
),

first_days as (
    select
        store_id,
        source,
        campaign_id,
        min(date) as first_day
    from performance
    group by store_id, source, campaign_id
),

running as (
    select
        campaigns.store_id,
        campaigns.source,
        campaigns.platform,
        campaigns.campaign_id,
        campaigns.common_objective as objective,
        campaigns.currency,
        campaigns.budget_original,
        stores.reporting_currency,
        coalesce(campaigns.start_date, first_days.first_day) as first_day,
        coalesce(campaigns.end_date, {{ as_of_date() }}) as last_day
    from campaigns
    inner join stores on campaigns.store_id = stores.store_id
    left join first_days
        on campaigns.store_id = first_days.store_id
        and campaigns.source = first_days.source
        and campaigns.campaign_id = first_days.campaign_id
),

days as (
    select
        running.*,
        calendar.day
    from running
    inner join calendar on calendar.day between running.first_day and running.last_day
),

final as (
    select
        days.store_id,
        days.source,
        days.platform,
        days.campaign_id,
        days.objective,
        days.day,
        {{ at_rate(
            'days.budget_original', rate_to_reporting('days.currency', 'days.reporting_currency')
        ) }} as budget
    from days
    {{ rate_join('days.currency', 'days.reporting_currency', 'days.day') }}
)

select * from final
