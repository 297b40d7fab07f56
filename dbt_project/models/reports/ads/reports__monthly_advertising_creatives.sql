-- What ads are made of and how it does over ninety days: each format, call to action and headline
-- beside all ads of its platform.
with

elements as (
    select * from {{ ref('ads__creative_elements') }}
    where value <> 'unknown'
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by
                case when platform = 'all' then 0 else 1 end,
                {{ by_text('platform') }},
                case element when 'format' then 1 when 'call_to_action' then 2 else 3 end,
                case when roas_rank is null then 1 else 0 end,
                roas_rank,
                spend desc,
                {{ by_text('value') }}
        ) as list_position,
        platform,
        element,
        value,
        ads_count,
        has_enough_data,
        impressions,
        clicks,
        {{ rounded('spend') }} as spend,
        {{ rounded('spend_share_pct') }} as spend_pct,
        {{ rounded('click_through_rate') }} as click_through_rate,
        {{ rounded('conversion_rate') }} as conversion_rate,
        {{ rounded('return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('ctr_index') }} as ctr_index,
        {{ rounded('roas_index') }} as roas_index,
        roas_rank
    from elements
)

select * from final
