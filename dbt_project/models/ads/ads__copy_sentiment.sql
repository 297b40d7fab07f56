-- How ads do by the tone of their words, over the last `ad_window_days`, against all ads of their
-- platform. Empty of tones until `python -m ml creatives` has run.
with

creatives as (
    select * from {{ ref('int_ad_facts__creatives') }}
),

{{ creative_sums('creatives', ['sentiment_label']) }},

{{ creative_rates(['store_id', 'platform']) }},

final as (
    select
        store_id,
        platform,
        sentiment_label,
        {{ count_of('ads_count') }} as ads_count,
        {{ count_of('impressions') }} as impressions,
        {{ count_of('clicks') }} as clicks,
        {{ decimal('spend') }} as spend,
        spend_share_pct,
        {{ decimal('settled_spend') }} as settled_spend,
        cast(conversions as {{ type_ratio() }}) as conversions,
        {{ decimal('revenue') }} as revenue,
        click_through_rate,
        conversion_rate,
        return_on_ad_spend,
        ctr_index,
        conversion_rate_index,
        roas_index,
        has_enough_data
    from indexed
)

select * from final
