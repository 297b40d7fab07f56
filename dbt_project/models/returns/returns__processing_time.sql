-- How long returns take from the request to the refund or the exchange, by type and month of the
-- request. Completed returns that tell when; the median is the mean of the middle two.
with

store_returns as (
    select * from {{ ref('int_return_facts__steps') }}
    where is_completed and days_to_processing is not null
),

of_stores as (
    select
        store_id,
        {{ date_trunc_to('month', 'return_date') }} as month_start,
        return_type,
        days_to_approval,
        days_to_receipt,
        days_to_inspection,
        days_to_processing
    from store_returns
    union all
    select
        'all' as store_id,
        {{ date_trunc_to('month', 'return_date') }} as month_start,
        return_type,
        days_to_approval,
        days_to_receipt,
        days_to_inspection,
        days_to_processing
    from store_returns
),

of_types as (
    select * from of_stores
    union all
    select
        store_id,
        month_start,
        'all' as return_type,
        days_to_approval,
        days_to_receipt,
        days_to_inspection,
        days_to_processing
    from of_stores
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id, month_start, return_type order by days_to_processing
        ) as position,
        count(*) over (partition by store_id, month_start, return_type) as returns_count
    from of_types
),

measured as (
    select
        store_id,
        month_start,
        return_type,
        count(*) as returns_count,
        sum(days_to_processing) as processing_days,
        {{ safe_divide(
            'sum(case when ' ~ is_middle('position', 'returns_count')
            ~ ' then days_to_processing end)',
            'sum(case when ' ~ is_middle('position', 'returns_count') ~ ' then 1 else 0 end)',
        ) }} as median_processing_days,
        max(
            case
                when {{ is_percentile('position', 'returns_count', 90) }} then days_to_processing
            end
        ) as slowest_tenth_days,
        {{ safe_divide('sum(days_to_approval)', 'count(days_to_approval)') }}
            as average_days_to_approval,
        {{ safe_divide('sum(days_to_receipt)', 'count(days_to_receipt)') }}
            as average_days_to_receipt,
        {{ safe_divide('sum(days_to_inspection)', 'count(days_to_inspection)') }}
            as average_days_to_inspection,
        sum(
            case when days_to_processing <= {{ var('return_processing_days') }} then 1 else 0 end
        ) as on_time_returns
    from ranked
    group by store_id, month_start, return_type
),

compared as (
    select
        *,
        {{ safe_divide('processing_days', 'returns_count') }} as average_processing_time,
        lag(month_start) over of_type as last_month,
        {{ safe_divide('lag(processing_days) over of_type', 'lag(returns_count) over of_type') }}
            as last_average
    from measured
    window of_type as (partition by store_id, return_type order by month_start)
),

final as (
    select
        store_id,
        month_start,
        return_type,
        {{ count_of('returns_count') }} as returns_count,
        average_processing_time,
        median_processing_days,
        {{ count_of('slowest_tenth_days') }} as slowest_tenth_days,
        average_days_to_approval,
        average_days_to_receipt,
        average_days_to_inspection,
        {{ percent('on_time_returns', 'returns_count') }} as on_time_pct,
        cast(
            case
                when last_month = {{ add_months(-1, 'month_start') }}
                    then average_processing_time - last_average
            end as {{ type_ratio() }}
        ) as change_days,
        {{ add_days(-1, add_months(1, 'month_start')) }} <= {{ as_of_date() }} as is_complete
    from compared
)

select * from final
