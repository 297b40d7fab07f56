with

source as (
    select * from {{ source('raw_ml', 'budget_split') }}
),

final as (
    select
        store_id,
        platform,
        current_daily_spend,
        recommended_daily_spend,
        minimum_daily_spend,
        maximum_daily_spend,
        current_revenue,
        recommended_revenue,
        revenue_change,
        revenue_change_low,
        revenue_change_high,
        current_marginal_return,
        recommended_marginal_return,
        last_month_spend,
        last_month_recommended_spend,
        last_month_revenue_change,
        as_of_date
    from source
)

select * from final
