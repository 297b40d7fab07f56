-- Orders after ads that were only seen and orders after clicks, by channel, over the last
-- `journey_analysis_days`.
with

journey_channels as (
    select * from {{ ref('int_attribution__journey_channels') }}
),

store_channels as (
    select
        store_id,
        channel,
        sum(case when is_clicked then 1 else 0 end) as click_through_conversions,
        sum(case when is_clicked then revenue else 0 end) as click_through_revenue,
        sum(case when is_clicked then 0 else 1 end) as view_through_conversions,
        sum(case when is_clicked then 0 else revenue end) as view_through_revenue,
        sum(case when has_clicks then 0 else 1 end) as views_only_conversions,
        sum(case when has_clicks then 0 else revenue end) as views_only_revenue
    from journey_channels
    group by store_id, channel
),

channels as (
    {{ plus_all_stores('store_channels', ['channel'], [
        'click_through_conversions', 'click_through_revenue', 'view_through_conversions',
        'view_through_revenue', 'views_only_conversions', 'views_only_revenue',
    ]) }}
),

final as (
    select
        store_id,
        channel,
        {{ count_of('click_through_conversions') }} as click_through_conversions,
        {{ decimal('click_through_revenue') }} as click_through_revenue,
        {{ count_of('view_through_conversions') }} as view_through_conversions,
        {{ decimal('view_through_revenue') }} as view_through_revenue,
        {{ percent(
            'view_through_conversions', 'view_through_conversions + click_through_conversions'
        ) }} as view_through_pct,
        {{ count_of('views_only_conversions') }} as views_only_conversions,
        {{ decimal('views_only_revenue') }} as views_only_revenue
    from channels
)

select * from final
