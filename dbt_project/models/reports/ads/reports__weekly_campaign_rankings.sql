-- The campaigns of the last seven days, ranked four ways, beside the seven days before.
with

campaigns as (
    select * from {{ ref('ads__campaign_ranking') }}
    where period_type = 'last_7_days'
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        revenue_rank,
        platform,
        campaign_id,
        campaign_name,
        status,
        has_enough_data,
        {{ rounded('spend') }} as spend,
        {{ rounded('spend_change_pct') }} as spend_change_pct,
        {{ rounded('revenue') }} as revenue,
        {{ rounded('revenue_change_pct') }} as revenue_change_pct,
        previous_revenue_rank,
        {{ rounded('return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('previous_return_on_ad_spend') }} as roas_week_before,
        roas_rank,
        previous_roas_rank,
        {{ rounded('conversions') }} as conversions,
        conversions_rank,
        {{ rounded('cost_per_acquisition') }} as cost_per_acquisition,
        {{ rounded('profit_from_ads') }} as profit_from_ads,
        profit_rank,
        {{ rounded('click_through_rate') }} as click_through_rate,
        {{ rounded('conversion_rate') }} as conversion_rate,
        {{ rounded('settled_spend_pct') }} as settled_spend_pct
    from campaigns
)

select * from final
