-- The spend and the budget of each campaign in the month of the run: so far, and where it will end.
-- A campaign without a budget has spend alone.
with

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

campaign_days as (
    select * from {{ ref('int_ad_facts__campaign_days') }}
),

budget_days as (
    select * from {{ ref('int_ad_facts__budgets') }}
),

months as (
    select
        {{ date_trunc_to('month', as_of_date()) }} as month_start,
        {{ add_days(-1, add_months(1, date_trunc_to('month', as_of_date()))) }} as month_end
),

spend as (
    select
        campaign_days.store_id,
        campaign_days.source,
        campaign_days.campaign_id,
        min(case when campaign_days.spend > 0 then campaign_days.day end) as first_day,
        sum(case
            when campaign_days.day >= months.month_start then campaign_days.spend else 0
        end) as spend_to_date,
        sum(case
            when
                {{ dbt.datediff('campaign_days.day', as_of_date(), 'day') }}
                < {{ var('pacing_recent_days') }}
                then campaign_days.spend
            else 0
        end) as recent_spend
    from campaign_days
    cross join months
    group by campaign_days.store_id, campaign_days.source, campaign_days.campaign_id
),

budgets as (
    select
        budget_days.store_id,
        budget_days.source,
        budget_days.campaign_id,
        sum(budget_days.budget) as budget_to_date
    from budget_days
    inner join months on budget_days.day >= months.month_start
    group by budget_days.store_id, budget_days.source, budget_days.campaign_id
),

planned as (
    select
        campaigns.store_id,
        campaigns.source,
        campaigns.platform,
        campaigns.campaign_id,
        campaigns.budget,
        coalesce(budgets.budget_to_date, 0) as budget_to_date,
        coalesce(spend.spend_to_date, 0) as spend_to_date,
        coalesce(spend.recent_spend, 0) as recent_spend,
        {{ dbt.datediff('spend.first_day', as_of_date(), 'day') }} + 1 as days_live,
        {{ dbt.datediff('months.month_start', as_of_date(), 'day') }} + 1 as month_days,
        coalesce(campaigns.status in ('paused', 'ended', 'deleted'), false) as is_stopped,
        case
            when coalesce(campaigns.status in ('paused', 'ended', 'deleted'), false) then 0
            else greatest(0, {{ dbt.datediff(
                'greatest(' ~ as_of_date() ~ ', coalesce(' ~ add_days(-1, 'campaigns.start_date')
                ~ ', ' ~ as_of_date() ~ '))',
                'least(months.month_end, coalesce(campaigns.end_date, months.month_end))',
                'day',
            ) }})
        end as days_left
    from campaigns
    cross join months
    left join spend
        on campaigns.store_id = spend.store_id
        and campaigns.source = spend.source
        and campaigns.campaign_id = spend.campaign_id
    left join budgets
        on campaigns.store_id = budgets.store_id
        and campaigns.source = budgets.source
        and campaigns.campaign_id = budgets.campaign_id
),

paced as (
    select
        *,
        budget_to_date > 0 or (coalesce(budget, 0) > 0 and days_left > 0) as has_budget,
        budget_to_date + coalesce(budget, 0) * days_left as month_budget,
        case
            when days_left = 0 then 0
            else coalesce({{ safe_divide(
                'recent_spend', 'least(days_live, ' ~ var('pacing_recent_days') ~ ')'
            ) }}, 0)
        end as recent_daily_spend,
        case
            when days_left = 0 then 0
            else coalesce({{ safe_divide('spend_to_date', 'least(days_live, month_days)') }}, 0)
        end as month_daily_spend
    from planned
    where spend_to_date > 0 or budget_to_date > 0 or (coalesce(budget, 0) > 0 and days_left > 0)
),

final as (
    select
        store_id,
        source,
        platform,
        campaign_id,
        {{ decimal('spend_to_date') }} as spend_to_date,
        {{ decimal('case when has_budget then spend_to_date else 0 end') }} as budgeted_spend,
        {{ decimal('budget_to_date') }} as budget_to_date,
        {{ decimal('month_budget') }} as month_budget,
        {{ decimal('recent_daily_spend') }} as recent_daily_spend,
        {{ decimal('spend_to_date + recent_daily_spend * days_left') }} as projected_spend,
        {{ decimal('spend_to_date + month_daily_spend * days_left') }} as projected_spend_by_month,
        {{ decimal(
            'case when has_budget then spend_to_date + recent_daily_spend * days_left else 0 end'
        ) }} as projected_budgeted_spend,
        {{ decimal(
            'case when has_budget and days_left > 0 then greatest(0, '
            ~ safe_divide('month_budget - spend_to_date', 'days_left') ~ ') end'
        ) }} as recommended_daily_spend,
        {{ count_of('days_left') }} as days_left,
        is_stopped
    from paced
)

select * from final
