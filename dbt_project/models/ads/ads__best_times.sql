-- When ads work best: each weekday, and each hour of each weekday where a platform reports hours,
-- over the settled days of the last `best_time_days`. Hours are those of the ad account.
with

store_slots as (
    select * from {{ ref('int_ad_facts__time_slots') }}
),

slots as (
    {{ plus_all_stores(
        'store_slots',
        ['platform', 'granularity', 'day_of_week', 'hour'],
        ['impressions', 'clicks', 'spend', 'conversions', 'revenue'],
    ) }}
),

shared as (
    select
        *,
        {{ safe_divide('revenue', 'spend') }} as return_on_ad_spend,
        sum(spend) over (partition by store_id, platform, granularity) as all_spend,
        sum(conversions) over (partition by store_id, platform, granularity) as all_conversions,
        sum(revenue) over (partition by store_id, platform, granularity) as all_revenue
    from slots
),

indexed as (
    select
        *,
        {{ index_of('revenue', 'spend', 'all_revenue', 'all_spend') }} as roas_index,
        {{ safe_divide('all_conversions * spend', 'all_spend') }} as expected_conversions
    from shared
),

judged as (
    select
        *,
        coalesce(
            expected_conversions >= {{ var('best_time_conversions') }}
            and (conversions - expected_conversions) * (conversions - expected_conversions)
            > {{ var('best_time_score') }} * {{ var('best_time_score') }} * expected_conversions,
            false
        ) as is_beyond_chance
    from indexed
),

final as (
    select
        store_id,
        platform,
        granularity,
        {{ count_of(
            "case when granularity = 'hour' then 24 * (day_of_week - 1) + hour "
            ~ "else day_of_week - 1 end"
        ) }} as slot,
        day_of_week,
        hour,
        {{ count_of('impressions') }} as impressions,
        {{ count_of('clicks') }} as clicks,
        {{ percent('clicks', 'impressions') }} as click_through_rate,
        {{ decimal('spend') }} as spend,
        cast(conversions as {{ type_ratio() }}) as conversions,
        expected_conversions,
        {{ percent('conversions', 'clicks') }} as conversion_rate,
        {{ safe_divide('spend', 'conversions') }} as cost_per_acquisition,
        {{ decimal('revenue') }} as revenue,
        return_on_ad_spend,
        roas_index,
        case
            when return_on_ad_spend is not null
                then {{ count_of(
                    'row_number() over ('
                    ~ 'partition by store_id, platform, granularity '
                    ~ 'order by case when return_on_ad_spend is null then 1 else 0 end, '
                    ~ 'return_on_ad_spend desc, day_of_week, hour)'
                ) }}
        end as roas_rank,
        is_beyond_chance,
        is_beyond_chance
        and conversions > expected_conversions
        and coalesce(roas_index >= 100 + {{ var('best_time_pct') }}, false) as is_best,
        is_beyond_chance
        and conversions < expected_conversions
        and coalesce(roas_index <= 100 - {{ var('best_time_pct') }}, false) as is_worst
    from judged
)

select * from final
