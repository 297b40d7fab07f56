-- Our share of search impressions beside that of each competitor, month by month. Ours is what the
-- platform reports, weighed by the impressions to be had; theirs an average of the campaigns and
-- days that auction insights tell.
with

own as (
    select
        store_id,
        period_start as month_start,
        sum(impressions) as impressions,
        sum(impressions / nullif(impression_share_pct, 0) * 100) as eligible_impressions
    from {{ ref('ads__impression_share') }}
    where period_type = 'month'
    group by store_id, period_start
),

competitors as (
    select
        store_id,
        {{ date_trunc_to('month', 'date') }} as month_start,
        competitor,
        avg(impression_share) as impression_share
    from {{ ref('core__auction_insights') }}
    group by store_id, {{ date_trunc_to('month', 'date') }}, competitor
),

participants as (
    select
        store_id,
        month_start,
        'you' as participant,
        true as is_own,
        {{ percent('impressions', 'eligible_impressions') }} as impression_share_pct
    from own
    union all
    select
        store_id,
        month_start,
        competitor as participant,
        false as is_own,
        cast(100 * impression_share as {{ type_ratio() }}) as impression_share_pct
    from competitors
),

final as (
    select
        store_id,
        month_start,
        participant,
        is_own,
        impression_share_pct,
        row_number() over (
            partition by store_id, month_start
            order by coalesce(impression_share_pct, -1) desc, {{ by_text('participant') }}
        ) as share_rank
    from participants
)

select * from final
