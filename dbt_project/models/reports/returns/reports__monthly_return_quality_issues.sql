-- What was wrong with the goods that came back for their quality, in each of the last thirteen
-- months: all of it (detail `all`) and each kind.
with

months as (
    select
        *,
        coalesce(return_reason_detail, 'all') as reason_detail
    from {{ ref('returns__metrics_by_reason') }}
    where period_type = 'month' and return_reason_category = 'product_quality'
),

stores as (
    select * from {{ ref('returns__metrics') }}
    where period_type = 'month'
),

final as (
    select
        months.store_id,
        {{ as_of_date() }} as as_of_date,
        months.period_start as month_start,
        row_number() over (
            partition by months.store_id, months.period_start
            order by
                case when months.return_reason_detail is null then 0 else 1 end,
                months.returned_units desc,
                {{ by_text('months.reason_detail') }}
        ) as units_rank,
        months.reason_detail as quality_issue,
        months.returns_count,
        months.returned_units,
        {{ rounded(percent('months.returned_units', 'stores.returned_units')) }}
            as returned_units_pct,
        month_before.returned_units as returned_units_month_before,
        {{ rounded('months.return_rate') }} as return_rate,
        {{ rounded('months.return_value') }} as return_value,
        {{ rounded('months.net_return_loss') }} as net_return_loss
    from months
    inner join stores
        on months.store_id = stores.store_id
        and months.period_start = stores.period_start
    left join months as month_before
        on months.store_id = month_before.store_id
        and months.reason_detail = month_before.reason_detail
        and month_before.period_start = {{ add_months(-1, 'months.period_start') }}
    where
        months.period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
)

select * from final
