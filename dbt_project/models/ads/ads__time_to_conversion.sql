-- How long it takes from the first touch to the order, in days and in touches: histograms over the
-- last `journey_analysis_days`. The last bucket has no end.
with

journeys as (
    select * from {{ ref('int_attribution__whole_journeys') }}
    where is_converted
),

buckets as (
    select * from {{ ref('seeds__journey_buckets') }}
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

store_buckets as (
    select
        measured.store_id,
        buckets.measure,
        buckets.bucket_number,
        count(*) as conversions,
        sum(measured.revenue) as revenue
    from measured
    inner join buckets
        on measured.measure = buckets.measure
        and measured.value between buckets.first_value and coalesce(buckets.last_value, 1000000)
    group by measured.store_id, buckets.measure, buckets.bucket_number
),

counted as (
    {{ plus_all_stores(
        'store_buckets', ['measure', 'bucket_number'], ['conversions', 'revenue']
    ) }}
),

stores as (
    select
        store_id,
        measure,
        sum(conversions) as conversions
    from counted
    group by store_id, measure
),

filled as (
    select
        stores.store_id,
        buckets.measure,
        buckets.bucket_number,
        buckets.first_value,
        buckets.last_value,
        stores.conversions as store_conversions,
        coalesce(counted.conversions, 0) as conversions,
        coalesce(counted.revenue, 0) as revenue
    from stores
    inner join buckets on stores.measure = buckets.measure
    left join counted
        on stores.store_id = counted.store_id
        and buckets.measure = counted.measure
        and buckets.bucket_number = counted.bucket_number
),

running as (
    select
        *,
        sum(conversions) over (
            partition by store_id, measure order by bucket_number
            rows between unbounded preceding and current row
        ) as conversions_so_far
    from filled
),

final as (
    select
        store_id,
        measure,
        {{ count_of('bucket_number') }} as bucket_number,
        {{ count_of('first_value') }} as first_value,
        {{ count_of('last_value') }} as last_value,
        {{ count_of('conversions') }} as conversions,
        {{ decimal('revenue') }} as revenue,
        {{ percent('conversions', 'store_conversions') }} as share_pct,
        {{ percent('conversions_so_far', 'store_conversions') }} as cumulative_pct
    from running
)

select * from final
