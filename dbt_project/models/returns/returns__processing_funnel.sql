-- How many of a month's return requests came how far, how soon, and how many still stand there.
with

returns as (
    select * from {{ ref('int_return_facts__steps') }}
),

steps as (
    select 1 as step_number, 'requested' as step
    union all
    select 2 as step_number, 'rejected' as step
    union all
    select 3 as step_number, 'approved' as step
    union all
    select 4 as step_number, 'received' as step
    union all
    select 5 as step_number, 'inspected' as step
    union all
    select 6 as step_number, 'completed' as step
),

taken as (
    select
        returns.store_id,
        {{ date_trunc_to('month', 'returns.return_date') }} as month_start,
        steps.step_number,
        steps.step,
        case steps.step
            when 'requested' then true
            when 'rejected' then returns.is_rejected
            when 'approved' then returns.is_approved
            when 'received' then returns.is_received
            when 'inspected' then returns.is_inspected
            else returns.is_completed
        end as is_reached,
        returns.current_step = steps.step as is_here,
        case steps.step
            when 'requested' then 0
            when 'approved' then returns.days_to_approval
            when 'received' then returns.days_to_receipt
            when 'inspected' then returns.days_to_inspection
            when 'completed' then returns.days_to_processing
        end as days_to_step,
        returns.total_refund_amount
    from returns
    cross join steps
),

store_steps as (
    select
        store_id,
        month_start,
        step_number,
        step,
        count(*) as requested_returns,
        sum(case when is_reached then 1 else 0 end) as returns_count,
        sum(case when is_here then 1 else 0 end) as standing_returns,
        sum(case when is_here then total_refund_amount else 0 end) as standing_value,
        sum(case when is_reached and days_to_step is not null then 1 else 0 end) as dated_returns,
        sum(case when is_reached then coalesce(days_to_step, 0) else 0 end) as days_to_step
    from taken
    group by store_id, month_start, step_number, step
),

funnel as (
    {{ plus_all_stores('store_steps', ['month_start', 'step_number', 'step'], [
        'requested_returns', 'returns_count', 'standing_returns', 'standing_value',
        'dated_returns', 'days_to_step',
    ]) }}
),

final as (
    select
        store_id,
        month_start,
        step_number,
        step,
        {{ count_of('returns_count') }} as returns_count,
        {{ percent('returns_count', 'requested_returns') }} as requested_pct,
        {{ count_of('standing_returns') }} as standing_returns,
        {{ decimal('standing_value') }} as standing_value,
        {{ safe_divide('days_to_step', 'dated_returns') }} as average_days_to_step,
        {{ add_days(-1, add_months(1, 'month_start')) }} <= {{ as_of_date() }} as is_complete
    from funnel
)

select * from final
