with

source as (
    select * from {{ source('raw_ml', 'creative_fatigue') }}
),

final as (
    select
        store_id,
        campaign_id,
        ad_group_id,
        ad_id,
        first_day,
        last_day,
        days,
        impressions,
        clicks,
        slope_per_day,
        slope_low,
        slope_high,
        first_rate,
        last_rate,
        p_value,
        as_of_date
    from source
)

select * from final
