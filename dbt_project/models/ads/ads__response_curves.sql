-- What each platform's daily spend brings: maximum * spend / (half + spend), with 95 % intervals.
with

curves as (
    select * from {{ ref('stg_ml__response_curves') }}
),

final as (
    select
        store_id,
        platform,
        status,
        days as days_fitted,
        first_day,
        last_day,
        {{ decimal('daily_spend') }} as daily_spend,
        {{ decimal('maximum_revenue * daily_spend / (half_spend + daily_spend)') }}
            as expected_daily_revenue,
        {{ decimal('maximum_revenue') }} as maximum_revenue,
        {{ decimal('maximum_revenue_low') }} as maximum_revenue_low,
        {{ decimal('maximum_revenue_high') }} as maximum_revenue_high,
        {{ decimal('half_spend') }} as half_spend,
        {{ decimal('half_spend_low') }} as half_spend_low,
        {{ decimal('half_spend_high') }} as half_spend_high,
        cast(marginal_return as {{ type_ratio() }}) as marginal_return,
        cast(marginal_return_low as {{ type_ratio() }}) as marginal_return_low,
        cast(marginal_return_high as {{ type_ratio() }}) as marginal_return_high,
        cast(explained_share as {{ type_ratio() }}) as explained_share,
        as_of_date
    from curves
)

select * from final
