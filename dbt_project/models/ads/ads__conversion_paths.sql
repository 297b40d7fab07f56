-- Which channels in which order led to orders, over the last `journey_analysis_days`.
with

journeys as (
    select * from {{ ref('int_attribution__whole_journeys') }}
),

store_paths as (
    select
        store_id,
        path,
        count(*) as journeys,
        sum(conversions) as conversions,
        sum(revenue) as revenue,
        sum(case when is_converted then touch_count else 0 end) as touches,
        sum(case when is_converted then days_to_conversion else 0 end) as days
    from journeys
    group by store_id, path
),

paths as (
    {{ plus_all_stores(
        'store_paths', ['path'], ['journeys', 'conversions', 'revenue', 'touches', 'days']
    ) }}
),

summed as (
    select
        *,
        sum(conversions) over (partition by store_id) as store_conversions,
        row_number() over (
            partition by store_id order by conversions desc, revenue desc, {{ by_text('path') }}
        ) as path_rank
    from paths
),

final as (
    select
        store_id,
        path,
        {{ count_of('path_rank') }} as path_rank,
        {{ count_of('journeys') }} as journeys,
        {{ count_of('conversions') }} as conversions,
        {{ percent('conversions', 'store_conversions') }} as conversions_pct,
        {{ percent('conversions', 'journeys') }} as conversion_rate,
        {{ decimal('revenue') }} as revenue,
        {{ safe_divide('revenue', 'conversions') }} as average_order_value,
        {{ safe_divide('touches', 'conversions') }} as average_touches,
        {{ safe_divide('days', 'conversions') }} as average_days
    from summed
)

select * from final
