-- Why goods came back in each of the last thirteen weeks: each category of reasons (detail `all`)
-- and each detail of it.
with

reasons as (
    select
        *,
        coalesce(return_reason_detail, 'all') as reason_detail,
        return_reason_detail is null as is_category
    from {{ ref('returns__metrics_by_reason') }}
    where period_type = 'week'
),

shared as (
    select
        *,
        sum(case when is_category then returned_units end)
            over (partition by store_id, period_start) as store_units
    from reasons
),

final as (
    select
        shared.store_id,
        {{ as_of_date() }} as as_of_date,
        shared.period_start as week_start,
        row_number() over (
            partition by shared.store_id, shared.period_start
            order by
                shared.returned_units desc,
                {{ by_text('shared.return_reason_category') }},
                {{ by_text('shared.reason_detail') }}
        ) as units_rank,
        shared.return_reason_category,
        shared.reason_detail as return_reason_detail,
        shared.returns_count,
        shared.returned_units,
        {{ rounded(percent('shared.returned_units', 'shared.store_units')) }}
            as returned_units_pct,
        week_before.returned_units as returned_units_week_before,
        {{ rounded('shared.return_value') }} as return_value,
        {{ rounded('shared.net_return_loss') }} as net_return_loss
    from shared
    left join reasons as week_before
        on shared.store_id = week_before.store_id
        and shared.return_reason_category = week_before.return_reason_category
        and shared.reason_detail = week_before.reason_detail
        and week_before.period_start = {{ add_days(-7, 'shared.period_start') }}
    where shared.period_start > {{ add_days(-91, as_of_date()) }}
)

select * from final
