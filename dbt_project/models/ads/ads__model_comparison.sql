-- The models side by side: what each channel sold in each period by each of them.
with

channels as (
    select * from {{ ref('ads__attribution_by_channel') }}
),

pivoted as (
    select
        store_id,
        period_type,
        period_start,
        period_end,
        channel,
        {{ decimal('max(spend)') }} as spend,
        cast({{ of_model('conversions', 'last_click') }} as {{ type_ratio() }})
            as last_click_conversions,
        cast({{ of_model('conversions', 'first_click') }} as {{ type_ratio() }})
            as first_click_conversions,
        cast({{ of_model('conversions', 'linear') }} as {{ type_ratio() }})
            as linear_conversions,
        cast({{ of_model('conversions', 'time_decay') }} as {{ type_ratio() }})
            as time_decay_conversions,
        cast({{ of_model('conversions', 'position_based') }} as {{ type_ratio() }})
            as position_based_conversions,
        cast({{ of_model('conversions', 'data_driven') }} as {{ type_ratio() }})
            as data_driven_conversions,
        cast({{ of_model('conversions', 'shapley') }} as {{ type_ratio() }})
            as shapley_conversions,
        {{ decimal(of_model('revenue', 'last_click')) }} as last_click_revenue,
        {{ decimal(of_model('revenue', 'first_click')) }} as first_click_revenue,
        {{ decimal(of_model('revenue', 'linear')) }} as linear_revenue,
        {{ decimal(of_model('revenue', 'time_decay')) }} as time_decay_revenue,
        {{ decimal(of_model('revenue', 'position_based')) }} as position_based_revenue,
        {{ decimal(of_model('revenue', 'data_driven')) }} as data_driven_revenue,
        {{ decimal(of_model('revenue', 'shapley')) }} as shapley_revenue
    from channels
    group by store_id, period_type, period_start, period_end, channel
),

final as (
    select
        pivoted.*,
        {{ safe_divide('last_click_revenue', 'spend') }} as last_click_return_on_ad_spend,
        {{ safe_divide('data_driven_revenue', 'spend') }} as data_driven_return_on_ad_spend,
        {{ decimal('data_driven_revenue - last_click_revenue') }} as data_driven_less_last_click,
        {{ change_pct('data_driven_revenue', 'last_click_revenue') }}
            as data_driven_less_last_click_pct
    from pivoted
)

select * from final
