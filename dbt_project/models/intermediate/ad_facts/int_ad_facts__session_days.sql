-- Visits to each store day by day up to the run: all, those that saw a single page, and both of
-- those that were paid for.
with

sessions as (
    select * from {{ ref('core__sessions') }}
    where session_day <= {{ as_of_date() }}
),

final as (
    select
        store_id,
        session_day as day,
        count(*) as sessions,
        sum(case when is_single_page then 1 else 0 end) as single_page_sessions,
        sum(case when is_paid then 1 else 0 end) as paid_sessions,
        sum(case when is_paid and is_single_page then 1 else 0 end) as paid_single_page_sessions
    from sessions
    group by store_id, session_day
)

select * from final
