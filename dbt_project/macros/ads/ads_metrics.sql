{#- CTEs to `metrics`: every ads metric of each entity of each store, and of all stores together, in
    each period. This is the one place where the ratios of ads are written. `level` is the level of
    report rows to add up, `keys` are the entity's columns; without keys the entity is the store
    itself, and its days without ads count as zero. Budgets belong to campaigns, so only entities
    made of whole campaigns have them. -#}
{% macro ads_metrics(level, keys, has_budget=false) -%}
{%- set by = ['store_id'] + keys -%}
{{ ads_ranges(level, keys, has_budget) }},

periods as (
    select * from {{ ref('core__periods') }}
    {%- if keys %}
    where not is_comparison
    {%- endif %}
),

margins as (
    select
        store_id,
        period_type,
        period_start,
        gross_margin_pct
    from {{ ref('sales__metrics') }}
),

costed as (
    select
        sums.*,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.days_elapsed,
        periods.is_complete,
        sums.revenue - sums.revenue * margins.gross_margin_pct * 0.01 as cost_of_goods_sold
    from ad_ranges as sums
    inner join periods
        on sums.range_start = periods.period_start
        and sums.range_end = periods.elapsed_end
    left join margins
        on sums.store_id = margins.store_id
        and periods.period_type = margins.period_type
        and periods.period_start = margins.period_start
    where sums.row_count > 0
),

metrics as (
    select
        {{ by | join(',\n        ') }},
        period_type,
        period_start,
        period_end,
        days_elapsed,
        {{ decimal('spend') }} as total_ad_spend,
        {{ safe_divide('spend', 'clicks') }} as cost_per_click,
        {{ safe_divide('1000 * spend', 'impressions') }} as cost_per_impression,
        {%- if has_budget %}
        {{ decimal('coalesce(budget, 0)') }} as budget,
        {{ percent('spend', 'budget') }} as budget_utilization_pct,
        {%- endif %}
        {{ safe_divide('spend', 'days_elapsed') }} as daily_average_spend,
        {{ count_of('impressions') }} as impressions,
        {{ count_of('clicks') }} as clicks,
        {{ percent('clicks', 'impressions') }} as click_through_rate,
        cast(conversions as {{ type_ratio() }}) as conversions,
        {{ percent('conversions', 'clicks') }} as conversion_rate,
        {{ decimal('revenue') }} as revenue_from_ads,
        {{ safe_divide('revenue', 'spend') }} as return_on_ad_spend,
        {{ safe_divide('spend', 'conversions') }} as cost_per_acquisition,
        {{ decimal('cost_of_goods_sold') }} as cost_of_goods_sold,
        {{ decimal('revenue - spend - cost_of_goods_sold') }} as profit_from_ads,
        {{ percent('revenue - spend - cost_of_goods_sold', 'spend + cost_of_goods_sold') }}
            as return_on_investment,
        {{ count_of('engagements') }} as engagements,
        {{ percent('engagements', 'engagement_impressions') }} as engagement_rate,
        {{ count_of('video_views') }} as video_views,
        {{ percent('video_views', 'video_impressions') }} as video_view_rate,
        cast(add_to_carts as {{ type_ratio() }}) as add_to_carts,
        {{ percent('add_to_carts', 'cart_clicks') }} as add_to_cart_rate,
        cast(view_through_conversions as {{ type_ratio() }}) as view_through_conversions,
        {%- if not keys %}
        {{ count_of('sessions') }} as sessions,
        {{ percent('single_page_sessions', 'sessions') }} as bounce_rate,
        {{ percent('paid_single_page_sessions', 'paid_sessions') }} as bounce_rate_paid,
        {%- endif %}
        is_complete
    from costed
)
{%- endmacro %}
