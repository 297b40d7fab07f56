-- What may move a store's sales and is known or planned ahead, on past days and on days to come.
-- A past day without a sale has the usual price and discount. A day to come has those of late, its
-- prices moved as planned, and the ad spend of its weekday; a planned promotion has the discount
-- that promotions had.
with

plans as (
    select
        *,
        {{ iso_weekday('day') }} as weekday
    from {{ ref('int_forecast__plans') }}
),

prices as (
    select * from {{ ref('int_forecast__prices') }}
),

planned_prices as (
    select * from {{ ref('int_forecast__planned_prices') }}
),

usual as (
    select * from {{ ref('int_forecast__usual') }}
),

ad_days as (
    select
        store_id,
        spend_date as day,
        amount
    from {{ ref('core__marketing_spend') }}
    where kind = 'ads' and spend_date <= {{ as_of_date() }}
),

ad_starts as (
    select
        store_id,
        min(day) as first_day
    from ad_days
    group by store_id
),

ad_weekdays as (
    select
        store_id,
        {{ iso_weekday('day') }} as weekday,
        {{ safe_divide('7 * sum(amount)', var('forecast_usual_days')) }} as amount
    from ad_days
    where day > {{ add_days(-1 * var('forecast_usual_days'), as_of_date()) }}
    group by store_id, {{ iso_weekday('day') }}
),

joined as (
    select
        plans.*,
        {{ safe_divide('prices.list_amount', 'prices.usual_amount') }} as own_price_index,
        {{ safe_divide('prices.discount_amount', 'prices.list_amount') }} as own_discount_rate,
        coalesce(usual.price_index, 1) * coalesce(planned_prices.price_factor, 1)
            as usual_price_index,
        case
            when plans.is_promotion
                then coalesce(usual.promotion_rate, plans.planned_rate, usual.discount_rate, 0)
            else coalesce(usual.discount_rate, 0)
        end as usual_discount_rate,
        case
            when plans.is_future and ad_starts.store_id is not null
                then coalesce(ad_weekdays.amount, 0)
            when plans.day >= ad_starts.first_day then coalesce(ad_days.amount, 0)
        end as ad_spend
    from plans
    left join prices
        on plans.store_id = prices.store_id
        and plans.day = prices.day
    left join planned_prices
        on plans.store_id = planned_prices.store_id
        and plans.day = planned_prices.day
    left join usual on plans.store_id = usual.store_id
    left join ad_starts on plans.store_id = ad_starts.store_id
    left join ad_days
        on plans.store_id = ad_days.store_id
        and plans.day = ad_days.day
    left join ad_weekdays
        on plans.store_id = ad_weekdays.store_id
        and plans.weekday = ad_weekdays.weekday
),

final as (
    select
        store_id,
        day,
        cast(coalesce(own_price_index, usual_price_index) as {{ type_double() }}) as price_index,
        cast(coalesce(own_discount_rate, usual_discount_rate) as {{ type_double() }})
            as discount_rate,
        cast(ad_spend as {{ type_double() }}) as ad_spend,
        season_plan,
        is_promotion,
        is_peak,
        is_future
    from joined
)

select * from final
