-- The run's day: what came back, was dealt with and refunded, what is pending, and whether
-- customers return more than aimed at.
with

metrics as (
    select * from {{ ref('returns__metrics') }}
),

stores as (
    select * from {{ ref('core__stores') }}
),

store_returns as (
    select
        store_id,
        quantity_returned,
        return_status,
        return_date,
        received_date,
        processed_date
    from {{ ref('core__returns') }}
    where is_counted and return_date <= {{ as_of_date() }}
),

returns as (
    select * from store_returns
    union all
    select
        'all' as store_id,
        quantity_returned,
        return_status,
        return_date,
        received_date,
        processed_date
    from store_returns
),

-- A return that was completed after the run's day is still pending on it.
judged as (
    select
        *,
        return_status in ('pending', 'approved')
        or coalesce(processed_date > {{ as_of_date() }}, false) as is_pending
    from returns
),

counted as (
    select
        store_id,
        sum(case when received_date = {{ as_of_date() }} then 1 else 0 end) as goods_received,
        sum(case when processed_date = {{ as_of_date() }} then 1 else 0 end) as processed,
        sum(case when is_pending then 1 else 0 end) as pending,
        sum(case when is_pending and return_status = 'pending' then 1 else 0 end) as unapproved,
        sum(case when is_pending then quantity_returned end) as pending_units,
        min(case when is_pending then return_date end) as oldest_pending_date
    from judged
    group by store_id
),

final as (
    select
        today.store_id,
        stores.store_name,
        today.period_start as as_of_date,
        today.total_returns as returns_received,
        yesterday.total_returns as returns_yesterday,
        last_week.total_returns as returns_last_week,
        today.returned_units,
        {{ count_of('coalesce(counted.goods_received, 0)') }} as goods_received,
        {{ count_of('coalesce(counted.processed, 0)') }} as returns_processed,
        {{ rounded('today.return_value') }} as return_value,
        {{ rounded('today.refund_amount') }} as refund_amount,
        {{ rounded('yesterday.refund_amount') }} as refund_amount_yesterday,
        {{ rounded('last_30_days.refund_amount') }} as refund_amount_30_days,
        {{ count_of('coalesce(counted.pending, 0)') }} as pending_returns,
        {{ count_of('coalesce(counted.unapproved, 0)') }} as returns_awaiting_approval,
        {{ count_of('coalesce(counted.pending_units, 0)') }} as pending_units,
        {{ count_of(dbt.datediff('counted.oldest_pending_date', as_of_date(), 'day')) }}
            as oldest_pending_days,
        {{ rounded('today.return_rate') }} as return_rate,
        {{ rounded('last_30_days.return_rate') }} as return_rate_30_days,
        {{ rounded(var('return_rate_target_pct')) }} as return_rate_target_pct,
        {{ rounded('last_30_days.return_rate - ' ~ var('return_rate_target_pct')) }}
            as points_above_target,
        case
            when last_30_days.return_rate > {{ var('return_rate_target_pct') }}
                then 'above_target'
            when last_30_days.return_rate is not null then 'within_target'
        end as target_status
    from metrics as today
    inner join stores on today.store_id = stores.store_id
    left join metrics as yesterday
        on today.store_id = yesterday.store_id
        and yesterday.period_type = 'day'
        and yesterday.period_start = {{ add_days(-1, 'today.period_start') }}
    left join metrics as last_week
        on today.store_id = last_week.store_id
        and last_week.period_type = 'day'
        and last_week.period_start = {{ add_days(-7, 'today.period_start') }}
    left join metrics as last_30_days
        on today.store_id = last_30_days.store_id
        and last_30_days.period_type = 'last_30_days'
    left join counted on today.store_id = counted.store_id
    where today.period_type = 'day' and today.period_start = {{ as_of_date() }}
)

select * from final
