-- Each competitor in the auctions of each campaign, month by month, on average of the days told.
with

days as (
    select
        *,
        {{ date_trunc_to('month', 'date') }} as month_start
    from {{ ref('core__auction_insights') }}
),

months as (
    select
        store_id,
        campaign_id,
        month_start,
        competitor,
        count(*) as days_told,
        avg(impression_share) as impression_share,
        avg(overlap_rate) as overlap_rate,
        avg(position_above_rate) as position_above_rate,
        avg(top_of_page_rate) as top_of_page_rate,
        avg(outranking_share) as outranking_share
    from days
    group by store_id, campaign_id, month_start, competitor
),

compared as (
    select
        *,
        lag(impression_share) over (
            partition by store_id, campaign_id, competitor order by month_start
        ) as previous_share,
        lag(month_start) over (
            partition by store_id, campaign_id, competitor order by month_start
        ) as previous_month
    from months
),

final as (
    select
        store_id,
        campaign_id,
        month_start,
        competitor,
        {{ count_of('days_told') }} as days_told,
        cast(100 * impression_share as {{ type_ratio() }}) as impression_share_pct,
        cast(
            case
                when previous_month = {{ add_months(-1, 'month_start') }}
                    then 100 * (impression_share - previous_share)
            end as {{ type_ratio() }}
        ) as impression_share_change_points,
        cast(100 * overlap_rate as {{ type_ratio() }}) as overlap_pct,
        cast(100 * position_above_rate as {{ type_ratio() }}) as position_above_pct,
        cast(100 * top_of_page_rate as {{ type_ratio() }}) as top_of_page_pct,
        cast(100 * outranking_share as {{ type_ratio() }}) as outranking_pct
    from compared
)

select * from final
