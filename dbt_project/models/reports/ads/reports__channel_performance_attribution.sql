-- What each channel, paid for or not, sold over thirty and ninety days by each attribution model,
-- beside what the last click says.
with

channels as (
    select * from {{ ref('ads__attribution_by_channel') }}
    where period_type in ('last_30_days', 'last_90_days')
),

shared as (
    select
        *,
        sum(revenue) over (partition by store_id, period_type, model) as model_revenue
    from channels
),

last_clicks as (
    select * from channels
    where model = 'last_click'
),

final as (
    select
        shared.store_id,
        {{ as_of_date() }} as as_of_date,
        shared.period_type,
        shared.model,
        row_number() over (
            partition by shared.store_id, shared.period_type, shared.model
            order by shared.revenue desc, {{ by_text('shared.channel') }}
        ) as revenue_rank,
        shared.channel,
        {{ rounded('shared.conversions') }} as conversions,
        {{ rounded('shared.new_customers') }} as new_customers,
        {{ rounded('shared.revenue') }} as revenue,
        {{ rounded(percent('shared.revenue', 'shared.model_revenue')) }} as revenue_pct,
        {{ rounded('shared.revenue - coalesce(last_clicks.revenue, 0)') }}
            as revenue_less_last_click,
        {{ rounded('shared.spend') }} as spend,
        {{ rounded('shared.cost_per_acquisition') }} as cost_per_acquisition,
        {{ rounded('shared.customer_acquisition_cost') }} as customer_acquisition_cost,
        {{ rounded('shared.return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('shared.profit') }} as profit
    from shared
    left join last_clicks
        on shared.store_id = last_clicks.store_id
        and shared.period_type = last_clicks.period_type
        and shared.channel = last_clicks.channel
)

select * from final
