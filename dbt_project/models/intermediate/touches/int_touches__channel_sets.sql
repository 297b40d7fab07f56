-- Journeys by the set of channels that they touched, in whatever order: a row for each channel of
-- each set.
with

journeys as (
    select * from {{ ref('int_touches__journeys') }}
),

journey_channels as (
    select
        store_id,
        journey_key,
        channel,
        max(case when order_id is null then 0 else 1 end) as conversions
    from journeys
    group by store_id, journey_key, channel
),

journey_sets as (
    select
        store_id,
        journey_key,
        {{ dbt.listagg('channel', "' + '", 'order by ' ~ by_text('channel')) }} as channel_set,
        max(conversions) as conversions
    from journey_channels
    group by store_id, journey_key
),

sets as (
    select
        store_id,
        channel_set,
        min(journey_key) as one_journey_key,
        count(*) as journeys,
        sum(conversions) as conversions
    from journey_sets
    group by store_id, channel_set
),

final as (
    select
        sets.store_id,
        sets.channel_set,
        journey_channels.channel,
        {{ count_of('sets.journeys') }} as journeys,
        {{ count_of('sets.conversions') }} as conversions
    from sets
    inner join journey_channels
        on sets.store_id = journey_channels.store_id
        and sets.one_journey_key = journey_channels.journey_key
)

select * from final
