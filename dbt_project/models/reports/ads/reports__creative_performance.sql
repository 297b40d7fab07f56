-- The fifty ads with the most revenue of thirty days.
with

creatives as (
    select * from {{ ref('ads__creatives') }}
    where period_type = 'last_30_days'
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id
            order by
                coalesce(revenue, 0) desc,
                spend desc,
                {{ by_text('source') }},
                {{ by_text('platform') }},
                {{ by_text('campaign_id') }},
                {{ by_text('ad_id') }}
        ) as revenue_rank
    from creatives
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        revenue_rank,
        platform,
        campaign_id,
        campaign_name,
        ad_id,
        ad_name,
        format,
        headline,
        call_to_action,
        sentiment_label,
        status,
        has_enough_data,
        impressions,
        clicks,
        {{ rounded('click_through_rate') }} as click_through_rate,
        ctr_rank,
        {{ rounded('spend') }} as spend,
        {{ rounded('conversions') }} as conversions,
        {{ rounded('conversion_rate') }} as conversion_rate,
        {{ rounded('cost_per_acquisition') }} as cost_per_acquisition,
        {{ rounded('revenue') }} as revenue,
        {{ rounded('return_on_ad_spend') }} as return_on_ad_spend,
        roas_rank,
        {{ rounded('settled_spend_pct') }} as settled_spend_pct,
        created_on
    from ranked
    where revenue_rank <= 50
)

select * from final
