-- What returns cost each store, and all of them, in each period: the statement, from the money
-- given back down to what it leaves of the gross margin. Returns count on the day of the return.
with

sales as (
    select * from {{ ref('sales__metrics') }}
),

periods as (
    select * from {{ ref('core__periods') }}
),

range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

store_days as (
    select
        store_id,
        return_date as day,
        sum(case when line_number = 1 then 1 else 0 end) as returns_count,
        sum(units) as returned_units,
        sum(not_resaleable_units) as not_resaleable_units,
        sum(refund_amount) as return_value,
        sum(case when return_type = 'refund' then refund_amount else 0 end) as lost_revenue,
        sum(cost_of_goods) as cost_of_goods,
        sum(restocked_value) as recovered_value,
        sum(written_off_value) as written_off_value,
        sum(processing_cost) as processing_cost,
        sum(shipping_cost) as shipping_cost,
        sum(disposal_cost) as disposal_cost,
        sum(restocking_fee) as restocking_fees,
        sum(return_shipping_fee) as return_shipping_fees,
        sum(net_cost) as net_cost
    from {{ ref('int_return_facts__line_costs') }}
    group by store_id, return_date
),

days as (
    {{ plus_all_stores('store_days', ['day'], [
        'returns_count', 'returned_units', 'not_resaleable_units', 'return_value', 'lost_revenue',
        'cost_of_goods', 'recovered_value', 'written_off_value', 'processing_cost',
        'shipping_cost', 'disposal_cost', 'restocking_fees', 'return_shipping_fees', 'net_cost',
    ]) }}
),

ranges as (
    select
        days.store_id,
        range_days.range_start,
        range_days.range_end,
        sum(days.returns_count) as returns_count,
        sum(days.returned_units) as returned_units,
        sum(days.not_resaleable_units) as not_resaleable_units,
        sum(days.return_value) as return_value,
        sum(days.lost_revenue) as lost_revenue,
        sum(days.cost_of_goods) as cost_of_goods,
        sum(days.recovered_value) as recovered_value,
        sum(days.written_off_value) as written_off_value,
        sum(days.processing_cost) as processing_cost,
        sum(days.shipping_cost) as shipping_cost,
        sum(days.disposal_cost) as disposal_cost,
        sum(days.restocking_fees) as restocking_fees,
        sum(days.return_shipping_fees) as return_shipping_fees,
        sum(days.net_cost) as net_cost
    from days
    inner join range_days on days.day = range_days.day
    group by days.store_id, range_days.range_start, range_days.range_end
),

statement as (
    select
        sales.store_id,
        sales.period_type,
        sales.period_start,
        sales.period_end,
        sales.total_revenue,
        sales.gross_profit,
        sales.gross_margin_pct,
        {{ count_of('coalesce(ranges.returns_count, 0)') }} as returns_count,
        {{ count_of('coalesce(ranges.returned_units, 0)') }} as returned_units,
        {{ count_of('coalesce(ranges.not_resaleable_units, 0)') }} as not_resaleable_units,
        {{ decimal('coalesce(ranges.return_value, 0)') }} as return_value,
        {{ decimal('coalesce(ranges.lost_revenue, 0)') }} as lost_revenue,
        {{ decimal('coalesce(ranges.return_value - ranges.cost_of_goods, 0)') }} as lost_margin,
        {{ decimal('coalesce(ranges.cost_of_goods, 0)') }} as returned_cost_of_goods,
        {{ decimal('coalesce(ranges.recovered_value, 0)') }} as recovered_value,
        {{ decimal('coalesce(ranges.written_off_value, 0)') }} as written_off_value,
        {{ decimal('coalesce(ranges.processing_cost, 0)') }} as processing_cost,
        {{ decimal('coalesce(ranges.shipping_cost, 0)') }} as shipping_cost,
        {{ decimal('coalesce(ranges.disposal_cost, 0)') }} as disposal_cost,
        {{ decimal('coalesce(ranges.restocking_fees, 0)') }} as restocking_fees,
        {{ decimal('coalesce(ranges.return_shipping_fees, 0)') }} as return_shipping_fees,
        {{ decimal('coalesce(ranges.net_cost, 0)') }} as net_return_cost,
        sales.is_complete
    from sales
    inner join periods
        on sales.period_type = periods.period_type
        and sales.period_start = periods.period_start
    left join ranges
        on sales.store_id = ranges.store_id
        and periods.period_start = ranges.range_start
        and periods.elapsed_end = ranges.range_end
),

final as (
    select
        store_id,
        period_type,
        period_start,
        period_end,
        returns_count,
        returned_units,
        not_resaleable_units,
        total_revenue,
        return_value,
        lost_revenue,
        lost_margin,
        returned_cost_of_goods,
        recovered_value,
        written_off_value,
        processing_cost,
        shipping_cost,
        disposal_cost,
        restocking_fees,
        return_shipping_fees,
        net_return_cost,
        {{ percent('net_return_cost', 'total_revenue') }} as net_return_cost_pct,
        {{ percent('recovered_value', 'returned_cost_of_goods') }} as recovery_rate_pct,
        gross_profit,
        {{ decimal('gross_profit - net_return_cost') }} as gross_profit_after_returns,
        gross_margin_pct,
        {{ percent('gross_profit - net_return_cost', 'total_revenue - return_value') }}
            as gross_margin_after_returns_pct,
        {{ percent('gross_profit - net_return_cost', 'total_revenue - return_value') }}
        - gross_margin_pct as gross_margin_change_points,
        is_complete
    from statement
)

select * from final
