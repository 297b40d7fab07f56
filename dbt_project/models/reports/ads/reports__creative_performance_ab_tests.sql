-- Ads of one ad group that ran side by side: those with a winner first, the largest first.
with

tests as (
    select * from {{ ref('ads__ab_tests') }}
),

final as (
    select
        store_id,
        as_of_date,
        row_number() over (
            partition by store_id
            order by
                case verdict
                    when 'better' then 1
                    when 'worse' then 1
                    when 'no_difference' then 2
                    else 3
                end,
                trials + control_trials desc,
                {{ by_text('campaign_id') }},
                {{ by_text('ad_group_id') }},
                {{ by_text('ad_id') }},
                {{ by_text('measure') }}
        ) as test_rank,
        platform,
        campaign_id,
        campaign_name,
        ad_group_id,
        ad_group_name,
        measure,
        ad_id,
        ad_name,
        headline,
        control_ad_id,
        control_ad_name,
        control_headline,
        verdict,
        winner_ad_id,
        sentence,
        {{ rounded('rate_pct') }} as rate_pct,
        {{ rounded('control_rate_pct') }} as control_rate_pct,
        {{ rounded('difference_points') }} as difference_points,
        {{ rounded('difference_low_points') }} as difference_low_points,
        {{ rounded('difference_high_points') }} as difference_high_points,
        {{ rounded('lift_pct') }} as lift_pct,
        cast(adjusted_p_value as {{ type_ratio() }}) as adjusted_p_value,
        days,
        first_day,
        last_day
    from tests
)

select * from final
