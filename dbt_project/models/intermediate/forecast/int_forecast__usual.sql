-- What is usual in each store as of the run: prices of late, the share taken off on days with and
-- without a promotion.
with

plans as (
    select * from {{ ref('int_forecast__plans') }}
    where not is_future
),

prices as (
    select
        *,
        {{ dbt.datediff('day', as_of_date(), 'day') }} as days_ago
    from {{ ref('int_forecast__prices') }}
),

final as (
    select
        prices.store_id,
        {{ safe_divide(
            'sum(case when prices.days_ago < ' ~ var('forecast_usual_days')
            ~ ' then prices.list_amount end)',
            'sum(case when prices.days_ago < ' ~ var('forecast_usual_days')
            ~ ' then prices.usual_amount end)',
        ) }} as price_index,
        {{ safe_divide(
            'sum(case when not plans.is_promotion then prices.discount_amount end)',
            'sum(case when not plans.is_promotion then prices.list_amount end)',
        ) }} as discount_rate,
        {{ safe_divide(
            'sum(case when plans.is_promotion then prices.discount_amount end)',
            'sum(case when plans.is_promotion then prices.list_amount end)',
        ) }} as promotion_rate
    from prices
    inner join plans
        on prices.store_id = plans.store_id
        and prices.day = plans.day
    group by prices.store_id
)

select * from final
