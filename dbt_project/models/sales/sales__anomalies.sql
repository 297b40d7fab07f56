-- Days whose revenue lies outside the band of their weekday.
with

bands as (
    select * from {{ ref('int_sales__revenue_bands') }}
),

final as (
    select
        store_id,
        day,
        weekday as day_of_week,
        case when revenue > upper_revenue then 'spike' else 'drop' end as direction,
        revenue,
        expected_revenue,
        lower_revenue,
        upper_revenue,
        {{ decimal('revenue - expected_revenue') }} as deviation,
        {{ change_pct('revenue', 'expected_revenue') }} as deviation_pct,
        {{ safe_divide('revenue - expected_revenue', 'spread') }} as deviation_score,
        weeks_seen
    from bands
    where revenue < lower_revenue or revenue > upper_revenue
)

select * from final
