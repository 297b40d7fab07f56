-- Ads of one ad group that ran side by side, told for a reader: each challenger against the ad that
-- began first. Rates are percentages, differences percentage points.
with

tests as (
    select * from {{ ref('stg_ml__ab_tests') }}
),

names as (
    select * from {{ ref('int_ad_facts__ad_names') }}
),

named as (
    select
        tests.*,
        coalesce(names.platform, controls.platform, 'unknown') as platform,
        coalesce(names.campaign_name, tests.campaign_id) as campaign_name,
        coalesce(names.ad_group_name, tests.ad_group_id) as ad_group_name,
        coalesce(names.ad_name, tests.ad_id) as ad_name,
        coalesce(controls.ad_name, tests.control_ad_id) as control_ad_name,
        names.headline,
        controls.headline as control_headline,
        cast(100 * tests.rate as {{ type_ratio() }}) as rate_pct,
        cast(100 * tests.control_rate as {{ type_ratio() }}) as control_rate_pct,
        cast(100 * tests.difference as {{ type_ratio() }}) as difference_points,
        cast(100 * tests.difference_low as {{ type_ratio() }}) as difference_low_points,
        cast(100 * tests.difference_high as {{ type_ratio() }}) as difference_high_points,
        case
            when tests.measure = 'click_through_rate' then 'click-through rate'
            else 'conversion rate'
        end as measure_name
    from tests
    left join names
        on tests.store_id = names.store_id
        and tests.campaign_id = names.campaign_id
        and tests.ad_id = names.ad_id
    left join names as controls
        on tests.store_id = controls.store_id
        and tests.campaign_id = controls.campaign_id
        and tests.control_ad_id = controls.ad_id
),

worded as (
    select
        *,
        {{ dbt.concat([
            "'a '", 'measure_name', "' of '", fixed_text('rate_pct'), "' % against '",
            fixed_text('control_rate_pct'), "' % of '", 'control_ad_name',
            "' (95 % interval of the difference '", fixed_text('difference_low_points'), "' to '",
            fixed_text('difference_high_points'), "' points)'",
        ]) }} as comparison
    from named
),

final as (
    select
        store_id,
        platform,
        campaign_id,
        ad_group_id,
        ad_id,
        measure,
        campaign_name,
        ad_group_name,
        ad_name,
        headline,
        control_ad_id,
        control_ad_name,
        control_headline,
        verdict,
        case verdict when 'better' then ad_id when 'worse' then control_ad_id end as winner_ad_id,
        case verdict
            when 'better'
                then {{ dbt.concat(['ad_name', "' wins: '", 'comparison', "'. Prefer it.'"]) }}
            when 'worse'
                then {{ dbt.concat(['ad_name', "' loses: '", 'comparison', "'. Turn it off.'"]) }}
            when 'no_difference'
                then {{ dbt.concat([
                    'ad_name', "' does not differ beyond chance: '", 'comparison', "'.'",
                ]) }}
            else {{ dbt.concat([
                "'Too little data yet to tell '", 'ad_name', "' from '", 'control_ad_name', "'.'",
            ]) }}
        end as sentence,
        {{ count_of('days') }} as days,
        cast(trials as {{ type_ratio() }}) as trials,
        cast(successes as {{ type_ratio() }}) as successes,
        cast(control_trials as {{ type_ratio() }}) as control_trials,
        cast(control_successes as {{ type_ratio() }}) as control_successes,
        rate_pct,
        control_rate_pct,
        difference_points,
        difference_low_points,
        difference_high_points,
        {{ percent('difference_points', 'control_rate_pct') }} as lift_pct,
        cast(p_value as {{ type_ratio() }}) as p_value,
        cast(adjusted_p_value as {{ type_ratio() }}) as adjusted_p_value,
        first_day,
        last_day,
        as_of_date
    from worded
)

select * from final
