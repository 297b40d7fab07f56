-- The conversions of report rows by category of conversion action; seeds__ad_actions says which of
-- them are purchases.
with

final as (
    {{ google_actions('campaign_daily') }}
    union all
    {{ google_actions('ad_daily') }}
    union all
    {{ google_actions('keyword_daily') }}
    union all
    {{ google_actions('search_term_daily') }}
    union all
    {{ google_actions('demographic_daily') }}
    union all
    {{ google_actions('location_daily') }}
    union all
    {{ google_actions('segment_daily') }}
)

select * from final
