-- Whether people tire of each ad, and what to do about it: the trend of its click-through rate over
-- the last 60 days, as `python -m ml creatives` tells it.
with

trends as (
    select * from {{ ref('stg_ml__creative_fatigue') }}
),

names as (
    select * from {{ ref('int_ad_facts__ad_names') }}
),

recent_spend as (
    select
        store_id,
        campaign_id,
        ad_id,
        sum(spend) as recent_spend
    from {{ ref('core__ad_performance') }}
    where
        date <= {{ as_of_date() }}
        and {{ dbt.datediff('date', as_of_date(), 'day') }} < 30
    group by store_id, campaign_id, ad_id
),

changes as (
    select
        *,
        {{ percent_change_of_log('slope_per_day') }} as change_pct_per_day,
        {{ percent_change_of_log('slope_low') }} as change_low_pct_per_day,
        {{ percent_change_of_log('slope_high') }} as change_high_pct_per_day,
        cast(100 * (1 - last_rate / nullif(first_rate, 0)) as {{ type_ratio() }}) as decline_pct,
        {{ dbt.datediff('last_day', as_of_date(), 'day') }} < {{ var('creative_idle_days') }}
            as is_running
    from trends
),

judged as (
    select
        *,
        case
            when slope_per_day is null then 'no_data'
            when p_value < {{ var('fatigue_p_value') }} and slope_per_day < 0
                then case
                    when decline_pct >= {{ var('creative_tired_pct') }} then 'tired'
                    when decline_pct >= {{ var('creative_tiring_pct') }} then 'tiring'
                    else 'fresh'
                end
            else 'fresh'
        end as status
    from changes
),

dated as (
    select
        *,
        case
            when status = 'tiring'
                then greatest(0, {{ rounded_down(
                    'ln(1 - ' ~ var('creative_tired_pct') ~ ' * 0.01) / slope_per_day'
                ) }} - {{ dbt.datediff('first_day', as_of_date(), 'day') }})
        end as days_until_tired
    from judged
),

final as (
    select
        dated.store_id,
        coalesce(names.platform, 'unknown') as platform,
        dated.campaign_id,
        dated.ad_group_id,
        dated.ad_id,
        coalesce(names.campaign_name, dated.campaign_id) as campaign_name,
        coalesce(names.ad_group_name, dated.ad_group_id) as ad_group_name,
        coalesce(names.ad_name, dated.ad_id) as ad_name,
        names.format,
        names.headline,
        dated.status,
        case
            when not dated.is_running then 'none'
            when dated.status = 'tired' then 'refresh_now'
            when dated.status = 'tiring' then 'plan_refresh'
            when dated.status = 'no_data' then 'wait'
            else 'keep'
        end as advice,
        case
            when not dated.is_running then 'The ad is not shown any more.'
            when dated.status = 'tired'
                then {{ dbt.concat([
                    "'The click-through rate fell by '", fixed_text('dated.decline_pct'),
                    "' %: show something new now.'",
                ]) }}
            when dated.status = 'tiring'
                then {{ dbt.concat([
                    "'The click-through rate fell by '", fixed_text('dated.decline_pct'),
                    "' %: have something new ready in '", text_of('dated.days_until_tired'),
                    "' days.'",
                ]) }}
            when dated.status = 'no_data'
                then 'Too few days or clicks yet to tell a trend.'
            else 'The click-through rate does not fall: keep the ad.'
        end as sentence,
        dated.change_pct_per_day,
        dated.change_low_pct_per_day,
        dated.change_high_pct_per_day,
        cast(dated.p_value as {{ type_ratio() }}) as p_value,
        cast(100 * dated.first_rate as {{ type_ratio() }}) as first_ctr,
        cast(100 * dated.last_rate as {{ type_ratio() }}) as last_ctr,
        dated.decline_pct,
        {{ count_of('dated.days_until_tired') }} as days_until_tired,
        {{ count_of('dated.days') }} as days,
        {{ count_of('dated.impressions') }} as impressions,
        {{ count_of('dated.clicks') }} as clicks,
        {{ decimal('coalesce(recent_spend.recent_spend, 0)') }} as recent_spend,
        dated.is_running,
        dated.first_day,
        dated.last_day,
        dated.as_of_date
    from dated
    left join names
        on dated.store_id = names.store_id
        and dated.campaign_id = names.campaign_id
        and dated.ad_id = names.ad_id
    left join recent_spend
        on dated.store_id = recent_spend.store_id
        and dated.campaign_id = recent_spend.campaign_id
        and dated.ad_id = recent_spend.ad_id
)

select * from final
