-- Whether people tire of the ads that run, the most pressing and the dearest first.
with

fatigue as (
    select * from {{ ref('ads__creative_fatigue') }}
    where is_running
),

final as (
    select
        store_id,
        as_of_date,
        row_number() over (
            partition by store_id
            order by
                case advice
                    when 'refresh_now' then 1
                    when 'plan_refresh' then 2
                    when 'keep' then 3
                    else 4
                end,
                recent_spend desc,
                {{ by_text('campaign_id') }},
                {{ by_text('ad_group_id') }},
                {{ by_text('ad_id') }}
        ) as urgency_rank,
        platform,
        campaign_id,
        campaign_name,
        ad_group_id,
        ad_group_name,
        ad_id,
        ad_name,
        format,
        headline,
        status as fatigue_status,
        advice,
        sentence,
        {{ rounded('first_ctr') }} as first_ctr,
        {{ rounded('last_ctr') }} as last_ctr,
        {{ rounded('decline_pct') }} as decline_pct,
        days_until_tired,
        days,
        impressions,
        {{ rounded('recent_spend') }} as recent_spend,
        first_day,
        last_day
    from fatigue
)

select * from final
