-- How each platform's daily budget should change so that the same money brings in most: one row for
-- each platform with spend. A platform whose curve cannot be told keeps what it has.
with

curves as (
    select * from {{ ref('stg_ml__response_curves') }}
),

split as (
    select * from {{ ref('stg_ml__budget_split') }}
),

margins as (
    select
        store_id,
        gross_margin_pct / 100 as gross_margin
    from {{ ref('sales__metrics') }}
    where period_type = 'last_90_days'
),

compared as (
    select
        curves.store_id,
        curves.platform,
        curves.status,
        margins.gross_margin,
        {{ decimal('coalesce(split.current_daily_spend, curves.daily_spend)') }}
            as current_daily_spend,
        {{ decimal('coalesce(split.recommended_daily_spend, curves.daily_spend)') }}
            as recommended_daily_spend,
        {{ decimal('split.minimum_daily_spend') }} as minimum_daily_spend,
        {{ decimal('split.maximum_daily_spend') }} as maximum_daily_spend,
        cast(split.current_marginal_return as {{ type_ratio() }}) as current_marginal_return,
        cast(split.recommended_marginal_return as {{ type_ratio() }})
            as recommended_marginal_return,
        {{ decimal('split.current_revenue') }} as current_daily_revenue,
        {{ decimal('split.recommended_revenue') }} as recommended_daily_revenue,
        {{ decimal('split.revenue_change') }} as daily_revenue_change,
        {{ decimal('split.revenue_change_low') }} as daily_revenue_change_low,
        {{ decimal('split.revenue_change_high') }} as daily_revenue_change_high,
        {{ decimal('split.last_month_spend') }} as last_month_spend,
        {{ decimal('split.last_month_recommended_spend') }} as last_month_recommended_spend,
        {{ decimal('split.last_month_revenue_change') }} as last_month_revenue_change,
        curves.as_of_date
    from curves
    left join split
        on curves.store_id = split.store_id
        and curves.platform = split.platform
    left join margins on curves.store_id = margins.store_id
),

judged as (
    select
        *,
        recommended_daily_spend - current_daily_spend as daily_spend_change,
        case
            when status <> 'fitted' then 'keep'
            when recommended_daily_spend > 1.05 * current_daily_spend then 'raise'
            when recommended_daily_spend < 0.95 * current_daily_spend then 'cut'
            else 'keep'
        end as action
    from compared
),

final as (
    select
        store_id,
        platform,
        action,
        case
            when status = 'too_few_days'
                then 'Too few days with spend to tell what more or less of it would bring.'
            when status = 'spend_hardly_varies'
                then 'Spend hardly varies: try some weeks with more and with less to learn.'
            when status = 'no_revenue' then 'The platform reports no revenue.'
            when action = 'raise'
                then 'The next unit of money brings more here than elsewhere.'
            when action = 'cut'
                then 'The last unit of money brings less here than it would elsewhere.'
            else 'The budget is about right.'
        end as reason,
        status,
        current_daily_spend,
        recommended_daily_spend,
        daily_spend_change,
        {{ percent('daily_spend_change', 'current_daily_spend') }} as spend_change_pct,
        minimum_daily_spend,
        maximum_daily_spend,
        current_marginal_return,
        recommended_marginal_return,
        current_daily_revenue,
        recommended_daily_revenue,
        daily_revenue_change,
        daily_revenue_change_low,
        daily_revenue_change_high,
        gross_margin,
        {{ decimal('daily_revenue_change * gross_margin - daily_spend_change') }}
            as daily_profit_change,
        last_month_spend,
        last_month_recommended_spend,
        last_month_revenue_change,
        {{ decimal(
            'last_month_revenue_change * gross_margin'
            ~ ' - (last_month_recommended_spend - last_month_spend)'
        ) }} as last_month_profit_change,
        as_of_date
    from judged
)

select * from final
