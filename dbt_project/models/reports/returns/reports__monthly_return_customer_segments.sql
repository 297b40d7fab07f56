-- How the customers of each segment sent goods back in each of the last thirteen months.
with

months as (
    select * from {{ ref('returns__metrics_by_customer_segment') }}
    where
        period_type = 'month'
        and period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        period_start as month_start,
        row_number() over (
            partition by store_id, period_start
            order by returned_units desc, {{ by_text('customer_segment') }}
        ) as units_rank,
        customer_segment,
        total_returns,
        returned_units,
        {{ rounded(percent(
            'returned_units', 'sum(returned_units) over (partition by store_id, period_start)'
        )) }} as returned_units_pct,
        total_units_sold as units_sold,
        {{ rounded('return_rate') }} as return_rate,
        {{ rounded('return_value') }} as return_value,
        {{ rounded('exchange_rate') }} as exchange_rate,
        {{ rounded('net_return_loss') }} as net_return_loss
    from months
)

select * from final
