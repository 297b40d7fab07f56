-- What returns cost by their reason, over the last `return_analysis_days`: each category
-- (sub-reason `all`) and each sub-reason.
with

lines as (
    select * from {{ ref('int_return_facts__line_costs') }}
    where
        {{ dbt.datediff('return_date', as_of_date(), 'day') }} < {{ var('return_analysis_days') }}
),

of_sub_reasons as (
    select
        store_id,
        return_reason_category,
        sub_reason,
        sum(case when has_line then 1 else 0 end) as returned_lines,
        sum(units) as returned_units,
        sum(refund_amount) as return_value,
        sum(restocked_value) as recovered_value,
        sum(cost_of_goods) as cost_of_goods,
        sum(written_off_value) as written_off_value,
        sum(processing_cost) as processing_cost,
        sum(shipping_cost) as shipping_cost,
        sum(disposal_cost) as disposal_cost,
        sum(restocking_fee + return_shipping_fee) as fees,
        sum(net_cost) as net_cost
    from lines
    group by store_id, return_reason_category, sub_reason
),

with_categories as (
    select * from of_sub_reasons
    union all
    select
        store_id,
        return_reason_category,
        'all' as sub_reason,
        sum(returned_lines) as returned_lines,
        sum(returned_units) as returned_units,
        sum(return_value) as return_value,
        sum(recovered_value) as recovered_value,
        sum(cost_of_goods) as cost_of_goods,
        sum(written_off_value) as written_off_value,
        sum(processing_cost) as processing_cost,
        sum(shipping_cost) as shipping_cost,
        sum(disposal_cost) as disposal_cost,
        sum(fees) as fees,
        sum(net_cost) as net_cost
    from of_sub_reasons
    group by store_id, return_reason_category
),

costs as (
    {{ plus_all_stores('with_categories', ['return_reason_category', 'sub_reason'], [
        'returned_lines', 'returned_units', 'return_value', 'recovered_value', 'cost_of_goods',
        'written_off_value', 'processing_cost', 'shipping_cost', 'disposal_cost', 'fees',
        'net_cost',
    ]) }}
),

final as (
    select
        store_id,
        return_reason_category,
        sub_reason,
        {{ count_of('returned_lines') }} as returned_lines,
        {{ count_of('returned_units') }} as returned_units,
        {{ decimal('return_value') }} as return_value,
        {{ decimal('recovered_value') }} as recovered_value,
        {{ decimal('written_off_value') }} as written_off_value,
        {{ decimal('processing_cost') }} as processing_cost,
        {{ decimal('shipping_cost') }} as shipping_cost,
        {{ decimal('disposal_cost') }} as disposal_cost,
        {{ decimal('fees') }} as fees,
        {{ decimal('net_cost') }} as net_cost,
        {{ safe_divide('net_cost', 'returned_units') }} as net_cost_per_unit,
        {{ percent(
            'net_cost',
            "sum(case when sub_reason = 'all' then net_cost else 0 end) "
            ~ 'over (partition by store_id)',
        ) }} as cost_share_pct,
        {{ percent('recovered_value', 'cost_of_goods') }} as recovery_rate_pct
    from costs
)

select * from final
