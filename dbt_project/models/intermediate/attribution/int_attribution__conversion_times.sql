-- Orders by the days and by the touches that it took to them, in buckets; those that nobody fell
-- into are there too.
with

journeys as (
    select * from {{ ref('int_attribution__whole_journeys') }}
    where is_converted
),

buckets as (
    select * from {{ ref('seeds__journey_buckets') }}
),

stores as (
    select distinct store_id from journeys
),

measured as (
    select
        store_id,
        'days' as measure,
        {{ rounded_down('days_to_conversion') }} as value,
        revenue
    from journeys
    union all
    select
        store_id,
        'touches' as measure,
        touch_count as value,
        revenue
    from journeys
),

final as (
    select
        stores.store_id,
        buckets.measure,
        buckets.bucket_number,
        buckets.first_value,
        buckets.last_value,
        count(measured.value) as conversions,
        {{ decimal('coalesce(sum(measured.revenue), 0)') }} as revenue
    from stores
    cross join buckets
    left join measured
        on stores.store_id = measured.store_id
        and buckets.measure = measured.measure
        and buckets.first_value <= measured.value
        and coalesce(buckets.last_value, 1000000) >= measured.value
    group by
        stores.store_id,
        buckets.measure,
        buckets.bucket_number,
        buckets.first_value,
        buckets.last_value
)

select * from final
