-- Which people ads pay off for, over ninety days: each age, gender, interest or list beside all of
-- its kind.
with

segments as (
    select * from {{ ref('ads__audience_segments') }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        audience_type,
        roas_rank,
        audience,
        advice,
        case advice
            when 'expand' then 'It brings back well above its kind: spend more on it.'
            when 'cut' then 'It brings back well below its kind: spend less on it.'
            when 'keep' then 'It brings back about what its kind does.'
            else 'Too few clicks to tell.'
        end as sentence,
        {{ rounded('total_ad_spend') }} as spend,
        {{ rounded('share_of_spend_pct') }} as spend_pct,
        {{ rounded('revenue_from_ads') }} as revenue,
        {{ rounded('return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('roas_index') }} as roas_index,
        {{ rounded('conversions') }} as conversions,
        {{ rounded('cost_per_acquisition') }} as cost_per_acquisition,
        impressions,
        clicks,
        {{ rounded('click_through_rate') }} as click_through_rate,
        {{ rounded('conversion_rate') }} as conversion_rate
    from segments
)

select * from final
