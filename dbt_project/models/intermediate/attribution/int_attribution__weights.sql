-- What each touch of an order weighs in each model; a touch that a model gives nothing has no row.
-- Last and first click look at clicks, and at views where an order has no click.
with

touches as (
    select * from {{ ref('int_touches__journeys') }}
    where order_id is not null
),

learned as (
    select * from {{ ref('stg_ml__attribution_weights') }}
),

models as (
    select * from {{ ref('int_attribution__models') }}
),

counted as (
    select
        *,
        max(case when interaction = 'click' then touch_number end) over journey as last_click,
        min(case when interaction = 'click' then touch_number end) over journey as first_click,
        min(seconds_before_end) over journey as last_seconds
    from touches
    window journey as (partition by store_id, order_id)
),

modelled as (
    select
        counted.*,
        models.model,
        coalesce(learned.touch_weight, 0) as learned_weight
    from counted
    inner join models on counted.store_id = models.store_id
    left join learned
        on counted.store_id = learned.store_id
        and models.learned_model = learned.model
        and counted.channel = learned.channel
),

weighed as (
    select
        *,
        cast(
            case
                when model = 'last_click' and touch_number = coalesce(last_click, touch_count)
                    then 1
                when model = 'first_click' and touch_number = coalesce(first_click, 1) then 1
                when model in ('last_click', 'first_click') then 0
                when model = 'linear' then 1
                when model = 'time_decay'
                    then power(
                        cast(0.5 as {{ type_double() }}),
                        cast(seconds_before_end - last_seconds as {{ type_double() }})
                        / (86400 * {{ var('attribution_half_life_days') }})
                    )
                when model = 'position_based' and touch_count <= 2 then 1
                when model = 'position_based' and touch_number in (1, touch_count) then 0.4
                when model = 'position_based'
                    then cast(0.2 as {{ type_double() }}) / (touch_count - 2)
                else learned_weight
            end as {{ type_ratio() }}
        ) as own_weight
    from modelled
),

summed as (
    select
        *,
        sum(own_weight) over (partition by store_id, order_id, model) as order_weight
    from weighed
),

-- Where nothing was learned about any channel of an order, its touches share alike.
final as (
    select
        store_id,
        order_id,
        touchpoint_id,
        model,
        touch_number,
        channel,
        campaign_id,
        cast(case when order_weight = 0 then 1 else own_weight end as {{ type_ratio() }}) as weight
    from summed
    where order_weight = 0 or own_weight > 0
)

select * from final
