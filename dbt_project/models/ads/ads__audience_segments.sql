-- How each segment of an audience did over the last 90 days beside all segments of its kind: where
-- to spend more, and where less.
with

segments as (
    select * from {{ ref('ads__metrics_by_audience') }}
    where period_type = 'last_90_days' and audience <> 'unallocated'
),

kinds as (
    select
        store_id,
        audience_type,
        sum(total_ad_spend) as spend,
        sum(revenue_from_ads) as revenue,
        sum(conversions) as conversions
    from segments
    group by store_id, audience_type
),

compared as (
    select
        segments.*,
        kinds.spend as kind_spend,
        {{ safe_divide(
            '100 * segments.return_on_ad_spend', 'kinds.revenue / nullif(kinds.spend, 0)'
        ) }} as roas_index,
        row_number() over (
            partition by segments.store_id, segments.audience_type
            order by
                coalesce(segments.return_on_ad_spend, 0) desc, segments.total_ad_spend desc,
                {{ by_text('segments.audience') }}
        ) as roas_rank
    from segments
    inner join kinds
        on segments.store_id = kinds.store_id
        and segments.audience_type = kinds.audience_type
),

final as (
    select
        store_id,
        audience_type,
        audience,
        impressions,
        clicks,
        click_through_rate,
        total_ad_spend,
        {{ percent('total_ad_spend', 'kind_spend') }} as share_of_spend_pct,
        conversions,
        conversion_rate,
        cost_per_acquisition,
        revenue_from_ads,
        return_on_ad_spend,
        roas_index,
        roas_rank,
        case
            when clicks < {{ var('audience_minimum_clicks') }} then 'too_little_data'
            when roas_index >= 120 then 'expand'
            when roas_index < 80 or roas_index is null then 'cut'
            else 'keep'
        end as advice
    from compared
)

select * from final
