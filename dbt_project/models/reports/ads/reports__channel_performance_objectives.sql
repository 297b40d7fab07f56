-- Which platform serves which objective best, over the settled days of ninety.
with

objectives as (
    select * from {{ ref('ads__channel_by_objective') }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        objective,
        row_number() over (
            partition by store_id, objective
            order by
                case when channel_rank is null then 1 else 0 end,
                channel_rank,
                spend desc,
                {{ by_text('platform') }}
        ) as list_position,
        platform,
        is_best_channel,
        has_enough_data,
        deciding_metric,
        {{ rounded('deciding_value') }} as deciding_value,
        channel_rank,
        campaigns_count,
        {{ rounded('spend') }} as spend,
        {{ rounded('spend_share_pct') }} as spend_pct,
        {{ rounded('revenue') }} as revenue,
        {{ rounded('return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('conversions') }} as conversions,
        {{ rounded('cost_per_acquisition') }} as cost_per_acquisition,
        {{ rounded('cost_per_click') }} as cost_per_click,
        {{ rounded('cost_per_impression') }} as cost_per_impression,
        {{ rounded('click_through_rate') }} as click_through_rate,
        {{ rounded('conversion_rate') }} as conversion_rate
    from objectives
)

select * from final
