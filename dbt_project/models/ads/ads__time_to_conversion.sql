-- How long it takes from the first touch to the order, in days and in touches: histograms over the
-- last `journey_analysis_days`. The last bucket has no end.
with

store_buckets as (
    select * from {{ ref('int_attribution__conversion_times') }}
),

buckets as (
    {{ plus_all_stores(
        'store_buckets',
        ['measure', 'bucket_number', 'first_value', 'last_value'],
        ['conversions', 'revenue'],
    ) }}
),

running as (
    select
        *,
        sum(conversions) over (partition by store_id, measure) as store_conversions,
        sum(conversions) over (
            partition by store_id, measure order by bucket_number
            rows between unbounded preceding and current row
        ) as conversions_so_far
    from buckets
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
