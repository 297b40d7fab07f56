-- The revenue to expect of each store and day: the median of the same weekday over the weeks
-- before, and a band of so many robust deviations (1.4826 x the median absolute deviation).
with

metrics as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day'
),

days as (
    select
        store_id,
        period_start as day,
        {{ iso_weekday('period_start') }} as weekday,
        total_revenue as revenue
    from metrics
),

seen as (
    select
        days.store_id,
        days.day,
        past.day as past_day,
        past.revenue as past_revenue
    from days
    inner join days as past
        on days.store_id = past.store_id
        and days.weekday = past.weekday
        and days.day > past.day
        and {{ add_days(-7 * var('anomaly_weeks'), 'days.day') }} <= past.day
),

ranked as (
    select
        *,
        row_number() over (partition by store_id, day order by past_revenue, past_day) as position,
        count(*) over (partition by store_id, day) as weeks_seen
    from seen
),

expected as (
    select
        store_id,
        day,
        weeks_seen,
        avg(past_revenue) as expected_revenue
    from ranked
    where {{ is_middle('position', 'weeks_seen') }}
    group by store_id, day, weeks_seen
),

deviations as (
    select
        expected.store_id,
        expected.day,
        expected.weeks_seen,
        expected.expected_revenue,
        abs(seen.past_revenue - expected.expected_revenue) as deviation,
        row_number() over (
            partition by expected.store_id, expected.day
            order by abs(seen.past_revenue - expected.expected_revenue), seen.past_day
        ) as position
    from expected
    inner join seen
        on expected.store_id = seen.store_id
        and expected.day = seen.day
),

spreads as (
    select
        store_id,
        day,
        weeks_seen,
        expected_revenue,
        1.4826 * avg(deviation) as spread
    from deviations
    where {{ is_middle('position', 'weeks_seen') }}
    group by store_id, day, weeks_seen, expected_revenue
),

-- Where the weeks before were all but equal, the band still has some width.
bands as (
    select
        *,
        greatest(
            {{ var('anomaly_band_width') }} * spread,
            {{ var('anomaly_minimum_pct') }} * abs(expected_revenue) / 100
        ) as half_width
    from spreads
    where weeks_seen >= {{ var('anomaly_minimum_weeks') }}
),

final as (
    select
        bands.store_id,
        bands.day,
        days.weekday,
        days.revenue,
        {{ count_of('bands.weeks_seen') }} as weeks_seen,
        {{ decimal('bands.expected_revenue') }} as expected_revenue,
        {{ decimal('bands.spread') }} as spread,
        {{ decimal('greatest(bands.expected_revenue - bands.half_width, 0)') }} as lower_revenue,
        {{ decimal('bands.expected_revenue + bands.half_width') }} as upper_revenue
    from bands
    inner join days
        on bands.store_id = days.store_id
        and bands.day = days.day
)

select * from final
