-- How each category did in each of the last thirteen months.
with

months as (
    select * from {{ ref('returns__metrics_by_category') }}
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
                coalesce(months.return_rate, 0) desc,
                months.returned_units desc,
                {{ by_text('months.category') }}
        ) as return_rate_rank,
        months.category,
        months.is_complete,
        months.total_units_sold as units_sold,
        months.returned_units,
        {{ rounded('months.return_rate') }} as return_rate,
        {{ rounded('month_before.return_rate') }} as return_rate_month_before,
        {{ rounded('months.return_rate - month_before.return_rate') }}
            as return_rate_change_points,
        {{ rounded('months.return_value') }} as return_value,
        {{ rounded('months.defect_rate') }} as defect_rate,
        {{ rounded('months.size_fit_returns') }} as size_fit_returns,
        {{ rounded('months.restocking_rate') }} as restocking_rate,
        {{ rounded('months.net_return_loss') }} as net_return_loss,
        {{ rounded('months.return_cost_pct') }} as return_cost_pct
    from months
    left join months as month_before
        on months.store_id = month_before.store_id
        and months.category = month_before.category
        and month_before.period_start = {{ add_months(-1, 'months.period_start') }}
    where
        months.period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
)

select * from final
