with

source as (
    select * from {{ source('raw_ml', 'ab_tests') }}
),

final as (
    select
        store_id,
        campaign_id,
        ad_group_id,
        control_ad_id,
        ad_id,
        measure,
        first_day,
        last_day,
        days,
        control_trials,
        control_successes,
        trials,
        successes,
        control_rate,
        rate,
        difference,
        difference_low,
        difference_high,
        p_value,
        adjusted_p_value,
        verdict,
        as_of_date
    from source
)

select * from final
