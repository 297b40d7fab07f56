-- What share of the impressions that were to be had each search campaign got, and what it lost to
-- its budget and to its rank. Shares of days are weighed by the impressions that were to be had.
with

days as (
    select
        *,
        impressions / nullif(impression_share, 0) as eligible_impressions
    from {{ ref('int_google_ads__impression_share') }}
    where keyword is null and date <= {{ as_of_date() }}
),

range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison and period_type <> 'day'
),

sums as (
    select
        days.store_id,
        days.campaign_id,
        range_days.range_start,
        range_days.range_end,
        count(*) as days_reported,
        sum(days.impressions) as impressions,
        sum(days.eligible_impressions) as eligible_impressions,
        sum(days.lost_to_budget * days.eligible_impressions) as lost_to_budget,
        sum(days.lost_to_rank * days.eligible_impressions) as lost_to_rank,
        sum(days.top_share * days.eligible_impressions) as top_impressions,
        sum(days.absolute_top_share * days.eligible_impressions) as absolute_top_impressions
    from days
    inner join range_days on days.date = range_days.day
    group by days.store_id, days.campaign_id, range_days.range_start, range_days.range_end
),

final as (
    select
        sums.store_id,
        sums.campaign_id,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        {{ count_of('sums.days_reported') }} as days_reported,
        {{ count_of('sums.impressions') }} as impressions,
        {{ percent('sums.impressions', 'sums.eligible_impressions') }} as impression_share_pct,
        {{ percent('sums.lost_to_budget', 'sums.eligible_impressions') }} as lost_to_budget_pct,
        {{ percent('sums.lost_to_rank', 'sums.eligible_impressions') }} as lost_to_rank_pct,
        {{ percent('sums.top_impressions', 'sums.eligible_impressions') }} as top_share_pct,
        {{ percent('sums.absolute_top_impressions', 'sums.eligible_impressions') }}
            as absolute_top_share_pct
    from sums
    inner join periods
        on sums.range_start = periods.period_start
        and sums.range_end = periods.elapsed_end
)

select * from final
