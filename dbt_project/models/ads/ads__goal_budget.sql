-- What each platform's goals of the next 30 days would cost. Where there is a response curve,
-- maximum * spend / (half + spend), it tells how much more spend lifts revenue: the forecast stands
-- at some share of the maximum, the goal at a higher share, and the curve is solved for its spend.
-- Conversions are lifted as revenue is. Elsewhere money brings what it brought of late.
with

goals as (
    select * from {{ ref('int_ad_facts__goals') }}
),

curves as (
    select * from {{ ref('stg_ml__response_curves') }}
    where status = 'fitted'
),

placed as (
    select
        goals.*,
        curves.half_spend,
        goals.expected_spend / goals.days as expected_daily_spend,
        case
            when curves.platform is not null and goals.expected_spend > 0 then 'response_curve'
            else 'constant_return'
        end as method,
        {{ safe_divide(
            'goals.expected_spend / goals.days * (100 + goals.change_pct) / 100',
            'curves.half_spend + goals.expected_spend / goals.days'
        ) }} as share_of_maximum
    from goals
    left join curves
        on goals.store_id = curves.store_id
        and goals.platform = curves.platform
),

judged as (
    select
        *,
        case
            when expected_value is null then 'no_forecast'
            when expected_value <= 0 then 'nothing_expected'
            when method = 'response_curve' and share_of_maximum >= 1 then 'beyond_maximum'
            when method = 'response_curve' then 'reachable'
            when coalesce(recent_return, 0) <= 0 then 'no_return'
            else 'reachable'
        end as status
    from placed
),

budgeted as (
    select
        *,
        {{ decimal(
            "case when status = 'reachable' and method = 'response_curve' then "
            ~ safe_divide('half_spend * share_of_maximum', '1 - share_of_maximum')
            ~ " when status = 'reachable' then "
            ~ safe_divide('goal_value / days', 'recent_return') ~ ' end'
        ) }} as needed_daily_budget
    from judged
),

final as (
    select
        store_id,
        platform,
        goal,
        measure,
        change_pct,
        status,
        case status
            when 'no_forecast' then 'There is no forecast of the platform to start from.'
            when 'nothing_expected' then 'Nothing is expected that could be raised.'
            when 'beyond_maximum' then 'More than the response curve ever brings, at any spend.'
            when 'no_return' then 'No settled day with spend tells what money brings.'
        end as reason,
        method,
        days,
        expected_value,
        goal_value,
        {{ decimal('expected_spend') }} as expected_spend,
        {{ decimal('expected_daily_spend') }} as expected_daily_spend,
        needed_daily_budget,
        {{ decimal('needed_daily_budget * days') }} as needed_budget,
        {{ decimal('needed_daily_budget * days - expected_spend') }} as extra_spend,
        {{ percent('needed_daily_budget - expected_daily_spend', 'expected_daily_spend') }}
            as budget_change_pct,
        as_of_date
    from budgeted
)

select * from final
