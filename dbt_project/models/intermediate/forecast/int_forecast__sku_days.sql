-- Units of each SKU, day by day. On a stock-out day fewer units are sold than were wanted: such a
-- day is censored, and `y` takes the mean of the days before on which the SKU could be bought, of
-- all such days where the last weeks had none. Before the first sale nothing tells what is wanted.
with

skus as (
    select * from {{ ref('int_forecast__skus') }}
),

calendar as (
    select * from {{ ref('core__calendar') }}
    where day <= {{ as_of_date() }}
),

sales as (
    select * from {{ ref('int_stock__sales') }}
),

stockouts as (
    select * from {{ ref('int_forecast__stockouts') }}
),

seen as (
    select
        skus.store_id,
        skus.sku,
        skus.category,
        skus.first_sale_day,
        calendar.day,
        coalesce(sales.units, 0) as observed,
        case when stockouts.sku is null then 0 else 1 end as is_out
    from skus
    inner join calendar on skus.first_day <= calendar.day
    left join sales
        on skus.store_id = sales.store_id
        and skus.sku = sales.sku
        and calendar.day = sales.day
    left join stockouts
        on skus.store_id = stockouts.store_id
        and skus.sku = stockouts.sku
        and calendar.day = stockouts.day
),

means as (
    select
        *,
        {{ safe_divide(
            'sum((1 - is_out) * observed) over days_before', 'sum(1 - is_out) over days_before'
        ) }} as recent_mean,
        {{ safe_divide(
            'sum((1 - is_out) * observed) over all_days', 'sum(1 - is_out) over all_days'
        ) }} as overall_mean
    from seen
    window
        days_before as (
            partition by store_id, sku order by day
            rows between {{ var('forecast_usual_days') }} preceding and 1 preceding
        ),
        all_days as (partition by store_id, sku)
),

final as (
    select
        store_id,
        sku,
        category,
        {{ count_of('observed') }} as observed,
        cast(
            case
                when is_out = 1 and day >= first_sale_day
                    then greatest(observed, coalesce(recent_mean, overall_mean, 0))
                else observed
            end as {{ type_ratio() }}
        ) as y,
        is_out = 1 as is_censored,
        day
    from means
)

select * from final
