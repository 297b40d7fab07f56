-- How the daily budget should be split so that the same money brings in most, the biggest changes
-- first.
with

recommendations as (
    select * from {{ ref('ads__budget_recommendations') }}
),

curves as (
    select * from {{ ref('ads__response_curves') }}
),

final as (
    select
        recommendations.store_id,
        recommendations.as_of_date,
        row_number() over (
            partition by recommendations.store_id
            order by
                abs(recommendations.daily_spend_change) desc,
                {{ by_text('recommendations.platform') }}
        ) as change_rank,
        recommendations.platform,
        recommendations.action,
        recommendations.reason,
        recommendations.status as curve_status,
        {{ rounded('recommendations.current_daily_spend') }} as current_daily_spend,
        {{ rounded('recommendations.recommended_daily_spend') }} as recommended_daily_spend,
        {{ rounded('recommendations.daily_spend_change') }} as daily_spend_change,
        {{ rounded('recommendations.spend_change_pct') }} as spend_change_pct,
        {{ rounded('recommendations.daily_revenue_change') }} as daily_revenue_change,
        {{ rounded('recommendations.daily_revenue_change_low') }} as daily_revenue_change_low,
        {{ rounded('recommendations.daily_revenue_change_high') }} as daily_revenue_change_high,
        {{ rounded('recommendations.daily_profit_change') }} as daily_profit_change,
        {{ rounded('recommendations.current_marginal_return') }} as current_marginal_return,
        {{ rounded('recommendations.recommended_marginal_return') }}
            as recommended_marginal_return,
        {{ rounded('curves.maximum_revenue') }} as maximum_daily_revenue,
        {{ rounded('curves.half_spend') }} as half_spend
    from recommendations
    left join curves
        on recommendations.store_id = curves.store_id
        and recommendations.platform = curves.platform
)

select * from final
