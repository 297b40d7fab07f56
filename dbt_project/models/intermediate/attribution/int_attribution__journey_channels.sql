-- What each channel did in each journey that led to an order: clicked or only seen, last or before.
with

touches as (
    select * from {{ ref('int_touches__journeys') }}
    where
        order_id is not null
        and journey_day > {{ add_days(-var('journey_analysis_days'), as_of_date()) }}
),

journeys as (
    select * from {{ ref('int_attribution__whole_journeys') }}
    where is_converted
),

channels as (
    select
        store_id,
        journey_key,
        channel,
        max(case when interaction = 'click' then 1 else 0 end) as is_clicked
    from touches
    group by store_id, journey_key, channel
),

final as (
    select
        channels.store_id,
        channels.journey_key,
        channels.channel,
        channels.is_clicked = 1 as is_clicked,
        journeys.click_count > 0 as has_clicks,
        journeys.first_channel = channels.channel as is_first,
        journeys.last_channel = channels.channel as is_last,
        journeys.revenue
    from channels
    inner join journeys
        on channels.store_id = journeys.store_id
        and channels.journey_key = journeys.journey_key
)

select * from final
