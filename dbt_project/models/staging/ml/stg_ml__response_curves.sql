with

source as (
    select * from {{ source('raw_ml', 'response_curves') }}
),

final as (
    select
        store_id,
        platform,
        status,
        days,
        first_day,
        last_day,
        daily_spend,
        maximum_revenue,
        maximum_revenue_low,
        maximum_revenue_high,
        half_spend,
        half_spend_low,
        half_spend_high,
        marginal_return,
        marginal_return_low,
        marginal_return_high,
        explained_share,
        as_of_date
    from source
)

select * from final
