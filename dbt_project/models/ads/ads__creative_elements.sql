-- What ads are made of and how it does: each format, headline and call to action over the last
-- `ad_window_days`, against all ads of its platform.
with

creatives as (
    select * from {{ ref('int_ad_facts__creatives') }}
),

elements as (
    select
        *,
        'format' as element,
        format as value
    from creatives
    union all
    select
        *,
        'headline' as element,
        headline as value
    from creatives
    union all
    select
        *,
        'call_to_action' as element,
        call_to_action as value
    from creatives
),

{{ creative_sums('elements', ['element', 'value']) }},

{{ creative_rates(['store_id', 'platform', 'element']) }},

final as (
    select
        store_id,
        platform,
        element,
        value,
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
        has_enough_data,
        case
            when has_enough_data and return_on_ad_spend is not null and value <> 'unknown'
                then {{ count_of(
                    'row_number() over (partition by store_id, platform, element '
                    ~ "order by case when has_enough_data and return_on_ad_spend is not null "
                    ~ "and value <> 'unknown' then 0 else 1 end, return_on_ad_spend desc, "
                    ~ by_text('value') ~ ')'
                ) }}
        end as roas_rank
    from indexed
)

select * from final
