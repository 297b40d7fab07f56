-- Why goods come back, month by month: each category and each sub-reason of it against the month
-- before. Every reason has every month from the store's first return on.
with

lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where has_line
),

months as (
    select distinct month_start
    from {{ ref('core__calendar') }}
    where month_start <= {{ as_of_date() }}
),

reason_months as (
    select
        store_id,
        {{ date_trunc_to('month', 'return_date') }} as month_start,
        return_reason_category,
        coalesce(sub_reason, 'unknown') as sub_reason,
        count(*) as returned_lines,
        sum(units) as returned_units,
        sum(refund_amount) as return_value
    from lines
    group by
        store_id,
        {{ date_trunc_to('month', 'return_date') }},
        return_reason_category,
        coalesce(sub_reason, 'unknown')
),

with_categories as (
    select * from reason_months
    union all
    select
        store_id,
        month_start,
        return_reason_category,
        'all' as sub_reason,
        sum(returned_lines) as returned_lines,
        sum(returned_units) as returned_units,
        sum(return_value) as return_value
    from reason_months
    group by store_id, month_start, return_reason_category
),

seen as (
    {{ plus_all_stores(
        'with_categories',
        ['month_start', 'return_reason_category', 'sub_reason'],
        ['returned_lines', 'returned_units', 'return_value'],
    ) }}
),

reasons as (
    select distinct
        store_id,
        return_reason_category,
        sub_reason
    from seen
),

first_months as (
    select
        store_id,
        min(month_start) as first_month
    from seen
    group by store_id
),

every_month as (
    select
        reasons.store_id,
        months.month_start,
        reasons.return_reason_category,
        reasons.sub_reason,
        coalesce(seen.returned_lines, 0) as returned_lines,
        coalesce(seen.returned_units, 0) as returned_units,
        coalesce(seen.return_value, 0) as return_value
    from reasons
    inner join first_months on reasons.store_id = first_months.store_id
    inner join months on first_months.first_month <= months.month_start
    left join seen
        on reasons.store_id = seen.store_id
        and reasons.return_reason_category = seen.return_reason_category
        and reasons.sub_reason = seen.sub_reason
        and months.month_start = seen.month_start
),

shared as (
    select
        *,
        {{ percent(
            'returned_units',
            "sum(case when sub_reason = 'all' then returned_units else 0 end) "
            ~ 'over (partition by store_id, month_start)',
        ) }} as share_pct,
        {{ add_days(-1, add_months(1, 'month_start')) }} <= {{ as_of_date() }} as is_complete
    from every_month
),

compared as (
    select
        *,
        lag(returned_units) over (
            partition by store_id, return_reason_category, sub_reason order by month_start
        ) as previous_units,
        lag(share_pct) over (
            partition by store_id, return_reason_category, sub_reason order by month_start
        ) as previous_share_pct
    from shared
),

final as (
    select
        store_id,
        month_start,
        return_reason_category,
        sub_reason,
        {{ count_of('returned_lines') }} as returned_lines,
        {{ count_of('returned_units') }} as returned_units,
        {{ decimal('return_value') }} as return_value,
        share_pct,
        {{ count_of('previous_units') }} as previous_units,
        cast(
            case when is_complete then {{ change_pct('returned_units', 'previous_units') }} end
            as {{ type_ratio() }}
        ) as units_change_pct,
        cast(share_pct - previous_share_pct as {{ type_ratio() }}) as share_change_points,
        is_complete
    from compared
)

select * from final
