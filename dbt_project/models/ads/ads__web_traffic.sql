-- What each channel group of web analytics brought to the site in each period.
with

range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison
),

stores as (
    select * from {{ ref('core__stores') }}
),

totals as (
    select store_id from stores
    where is_total
),

traffic as (
    select * from {{ ref('core__web_traffic') }}
),

{{ summed_over_ranges(
    'traffic',
    'traffic',
    ['store_id', 'channel_group'],
    [
        'sessions', 'engaged_sessions', 'new_users', 'page_views', 'add_to_carts', 'purchases',
        'revenue',
    ]
) }},

final as (
    select
        traffic_ranges.store_id,
        traffic_ranges.channel_group,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        {{ count_of('traffic_ranges.sessions') }} as sessions,
        {{ count_of('traffic_ranges.engaged_sessions') }} as engaged_sessions,
        {{ percent(
            'traffic_ranges.sessions - traffic_ranges.engaged_sessions', 'traffic_ranges.sessions'
        ) }} as not_engaged_pct,
        {{ count_of('traffic_ranges.new_users') }} as new_users,
        {{ count_of('traffic_ranges.page_views') }} as page_views,
        {{ safe_divide('traffic_ranges.page_views', 'traffic_ranges.sessions') }}
            as pages_per_session,
        {{ count_of('traffic_ranges.add_to_carts') }} as add_to_carts,
        {{ count_of('traffic_ranges.purchases') }} as purchases,
        {{ percent('traffic_ranges.purchases', 'traffic_ranges.sessions') }} as conversion_rate,
        {{ decimal('traffic_ranges.revenue') }} as revenue,
        {{ safe_divide('traffic_ranges.revenue', 'traffic_ranges.sessions') }}
            as revenue_per_session
    from traffic_ranges
    inner join periods
        on traffic_ranges.range_start = periods.period_start
        and traffic_ranges.range_end = periods.elapsed_end
)

select * from final
