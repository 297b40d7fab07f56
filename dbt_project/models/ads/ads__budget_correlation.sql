-- Whether more spend goes with more revenue, more conversions and a lower or higher return:
-- Pearson's correlation over days and over weeks, with Fisher's 95 % interval. It tells of going
-- together, not of cause: budgets are often raised when demand is high anyway.
with

points as (
    select * from {{ ref('int_ad_facts__spend_points') }}
),

outcomes as (
    select
        *,
        'revenue' as outcome,
        cast(revenue as {{ type_double() }}) as value
    from points
    union all
    select
        *,
        'conversions' as outcome,
        cast(conversions as {{ type_double() }}) as value
    from points
    union all
    select
        *,
        'return_on_ad_spend' as outcome,
        cast({{ safe_divide('revenue', 'spend') }} as {{ type_double() }}) as value
    from points
),

centred as (
    select
        *,
        cast(spend - avg(spend) over series as {{ type_double() }}) as x,
        value - avg(value) over series as y
    from outcomes
    window series as (
        partition by store_id, level, platform, source, campaign_id, frequency, outcome
    )
),

sums as (
    select
        store_id,
        level,
        platform,
        source,
        campaign_id,
        frequency,
        outcome,
        count(*) as points_count,
        avg(spend) as average_spend,
        min(spend) < max(spend) and min(value) < max(value) as has_spread,
        sum(x * x) as xx,
        sum(y * y) as yy,
        sum(x * y) as xy
    from centred
    group by store_id, level, platform, source, campaign_id, frequency, outcome
),

correlated as (
    select
        *,
        points_count >= case
            when frequency = 'day' then {{ var('correlation_minimum_days') }}
            else {{ var('correlation_minimum_weeks') }}
        end as has_enough_data,
        cast(case when has_spread then xy / sqrt(xx * yy) end as {{ type_ratio() }}) as correlation
    from sums
),

bounded as (
    select
        *,
        {{ fisher_bound('correlation', 'points_count', -1.96) }} as correlation_low,
        {{ fisher_bound('correlation', 'points_count', 1.96) }} as correlation_high
    from correlated
),

judged as (
    select
        *,
        case
            when not has_enough_data then 'too_few_points'
            when correlation is null then 'no_spread'
            when correlation_low > 0 then 'rises'
            when correlation_high < 0 then 'falls'
            else 'unclear'
        end as link
    from bounded
),

final as (
    select
        store_id,
        level,
        platform,
        source,
        campaign_id,
        frequency,
        outcome,
        {{ count_of('points_count') }} as points_count,
        {{ decimal('average_spend') }} as average_spend,
        correlation,
        correlation_low,
        correlation_high,
        link,
        case
            when link = 'too_few_points' then 'Too few settled days or weeks with spend to tell.'
            when link = 'no_spread' then 'Spend or what comes of it never changes.'
            when link = 'unclear' then 'No clear link with spend.'
            when outcome = 'return_on_ad_spend' and link = 'falls'
                then 'Returns diminish: the more is spent, the less each unit of money brings.'
            when outcome = 'return_on_ad_spend'
                then 'The more is spent, the more each unit of money brings.'
            when outcome = 'revenue' and link = 'rises' then 'More spend goes with more revenue.'
            when outcome = 'revenue' then 'More spend goes with less revenue.'
            when link = 'rises' then 'More spend goes with more conversions.'
            else 'More spend goes with fewer conversions.'
        end as reading
    from judged
)

select * from final
