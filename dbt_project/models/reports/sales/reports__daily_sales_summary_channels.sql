-- Each channel on the run's day; one that sold yesterday or a week ago shows up with zero.
with

days as (
    select * from {{ ref('sales__metrics_by_channel') }}
    where
        period_type = 'day'
        and period_start in (
            {{ as_of_date() }},
            {{ add_days(-1, as_of_date()) }},
            {{ add_days(-7, as_of_date()) }}
        )
),

channels as (
    select
        store_id,
        channel,
        sum(case when period_start = {{ as_of_date() }} then total_revenue else 0 end) as revenue,
        sum(case when period_start = {{ as_of_date() }} then orders_count else 0 end)
            as orders_count,
        sum(case when period_start = {{ as_of_date() }} then total_units_sold else 0 end)
            as units_sold,
        sum(
            case when period_start = {{ add_days(-1, as_of_date()) }} then total_revenue else 0 end
        ) as revenue_yesterday,
        sum(
            case when period_start = {{ add_days(-7, as_of_date()) }} then total_revenue else 0 end
        ) as revenue_last_week
    from days
    group by store_id, channel
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id order by revenue desc, {{ by_text('channel') }}
        ) as revenue_rank,
        sum(revenue) over (partition by store_id) as store_revenue
    from channels
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        revenue_rank,
        channel,
        {{ rounded('revenue') }} as revenue,
        {{ rounded(percent('revenue', 'store_revenue')) }} as revenue_pct,
        {{ count_of('orders_count') }} as orders_count,
        {{ count_of('units_sold') }} as units_sold,
        {{ rounded('revenue_yesterday') }} as revenue_yesterday,
        {{ rounded(change_pct('revenue', 'revenue_yesterday')) }} as revenue_vs_yesterday_pct,
        {{ rounded('revenue_last_week') }} as revenue_last_week,
        {{ rounded(change_pct('revenue', 'revenue_last_week')) }} as revenue_vs_last_week_pct
    from ranked
)

select * from final
