-- What went from one location to another in each month: the flows of a Sankey diagram.
with

transfers as (
    select
        *,
        {{ date_trunc_to('month', 'transfer_date') }} as month_start,
        received_date is null or received_date > {{ as_of_date() }} as is_in_transit
    from {{ ref('core__transfers') }}
    where transfer_date <= {{ as_of_date() }}
),

final as (
    select
        store_id,
        month_start,
        from_location,
        to_location,
        {{ count_of('count(distinct transfer_id)') }} as transfers_count,
        {{ count_of('count(distinct sku)') }} as skus_count,
        {{ count_of('sum(quantity)') }} as units,
        {{ count_of('sum(case when is_in_transit then quantity else 0 end)') }}
            as in_transit_units,
        {{ decimal('sum(transfer_cost)') }} as transfer_cost,
        {{ safe_divide(
            'sum(transfer_cost)', 'sum(case when transfer_cost is not null then quantity end)'
        ) }} as cost_per_unit,
        {{ safe_divide(
            'sum(case when not is_in_transit then '
            ~ dbt.datediff('transfer_date', 'received_date', 'day') ~ ' end)',
            'sum(case when not is_in_transit then 1 else 0 end)'
        ) }} as average_transit_days
    from transfers
    group by store_id, month_start, from_location, to_location
)

select * from final
