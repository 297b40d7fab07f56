-- The life of each campaign week by week, from the first week in which it was shown.
with

campaign_days as (
    select * from {{ ref('int_ad_facts__campaign_days') }}
),

weeks as (
    select
        store_id,
        source,
        campaign_platform as platform,
        campaign_id,
        {{ week_start('day') }} as week_start,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(spend) as spend,
        sum(conversions) as conversions,
        sum(revenue) as revenue,
        not {{ dbt.bool_or('not is_settled') }} as is_settled
    from campaign_days
    where impressions > 0 or spend > 0
    group by store_id, source, campaign_platform, campaign_id, {{ week_start('day') }}
),

placed as (
    select
        *,
        min(week_start) over (partition by store_id, source, campaign_id) as first_week,
        sum(spend) over history as spend_so_far,
        sum(revenue) over history as revenue_so_far
    from weeks
    window history as (
        partition by store_id, source, campaign_id order by week_start
        rows between unbounded preceding and current row
    )
),

final as (
    select
        store_id,
        source,
        platform,
        campaign_id,
        week_start,
        {{ count_of(dbt.datediff('first_week', 'week_start', 'day') ~ ' / 7') }} + 1 as week_number,
        {{ count_of('impressions') }} as impressions,
        {{ count_of('clicks') }} as clicks,
        {{ percent('clicks', 'impressions') }} as click_through_rate,
        {{ decimal('spend') }} as spend,
        cast(conversions as {{ type_ratio() }}) as conversions,
        {{ decimal('revenue') }} as revenue,
        {{ safe_divide('revenue', 'spend') }} as return_on_ad_spend,
        {{ decimal('spend_so_far') }} as spend_so_far,
        {{ decimal('revenue_so_far') }} as revenue_so_far,
        {{ safe_divide('revenue_so_far', 'spend_so_far') }} as return_on_ad_spend_so_far,
        is_settled
    from placed
)

select * from final
