-- What the platforms' words for ways to bid mean.
with

strategies as (
    select * from {{ ref('seeds__ad_bid_strategies') }}
),

final as (
    select
        bid_strategy,
        automation,
        goal
    from strategies
)

select * from final
