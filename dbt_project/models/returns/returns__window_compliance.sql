-- Returns that were asked for within the shop's return window, and after it, month by month; what
-- was refused counts here too.
with

returns as (
    select
        *,
        case
            when days_from_purchase < 0 then null
            else days_from_purchase <= {{ var('return_window_days') }}
        end as is_in_window
    from {{ ref('core__returns') }}
    where return_date <= {{ as_of_date() }}
),

store_months as (
    select
        store_id,
        {{ date_trunc_to('month', 'return_date') }} as month_start,
        count(*) as requested_returns,
        sum(case when is_in_window then 1 else 0 end) as in_window_returns,
        sum(case when not is_in_window then 1 else 0 end) as late_returns,
        sum(case when is_in_window is null then 1 else 0 end) as undated_returns,
        sum(case when is_in_window and not is_counted then 1 else 0 end) as rejected_in_window,
        sum(case when not is_in_window and not is_counted then 1 else 0 end) as rejected_late,
        sum(case when not is_in_window and is_counted then 1 else 0 end) as accepted_late,
        sum(case when not is_in_window and is_counted then total_refund_amount else 0 end)
            as accepted_late_value,
        sum(
            case
                when not is_in_window then days_from_purchase - {{ var('return_window_days') }}
                else 0
            end
        ) as days_beyond
    from returns
    group by store_id, {{ date_trunc_to('month', 'return_date') }}
),

months as (
    {{ plus_all_stores('store_months', ['month_start'], [
        'requested_returns', 'in_window_returns', 'late_returns', 'undated_returns',
        'rejected_in_window', 'rejected_late', 'accepted_late', 'accepted_late_value',
        'days_beyond',
    ]) }}
),

final as (
    select
        store_id,
        month_start,
        {{ count_of(var('return_window_days')) }} as return_window_days,
        {{ count_of('requested_returns') }} as requested_returns,
        {{ count_of('in_window_returns') }} as in_window_returns,
        {{ count_of('late_returns') }} as late_returns,
        {{ count_of('undated_returns') }} as undated_returns,
        {{ count_of('rejected_in_window') }} as rejected_in_window,
        {{ count_of('rejected_late') }} as rejected_late,
        {{ count_of('accepted_late') }} as accepted_late,
        {{ decimal('accepted_late_value') }} as accepted_late_value,
        {{ percent('in_window_returns', 'in_window_returns + late_returns') }} as compliance_pct,
        {{ safe_divide('days_beyond', 'late_returns') }} as average_days_beyond,
        {{ add_days(-1, add_months(1, 'month_start')) }} <= {{ as_of_date() }} as is_complete
    from months
)

select * from final
