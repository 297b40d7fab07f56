-- What came of the lines that each supplier was sent: how late, how long, how much.
with

lines as (
    select
        *,
        is_received and actual_delivery_date <= {{ as_of_date() }} as is_in
    from {{ ref('core__purchase_orders') }}
    where order_date <= {{ as_of_date() }} and supplier_id is not null
),

ranked as (
    select
        store_id,
        supplier_id,
        lead_time_days,
        row_number() over (partition by store_id, supplier_id order by lead_time_days, po_id, sku)
            as position,
        count(*) over (partition by store_id, supplier_id) as row_count
    from lines
    where is_in and lead_time_days is not null
),

percentiles as (
    select
        store_id,
        supplier_id,
        lead_time_days as lead_time_90th_percentile
    from ranked
    where {{ is_percentile('position', 'row_count', 90) }}
),

delivered as (
    select
        store_id,
        supplier_id,
        count(*) as lines_count,
        sum(case when is_in then 1 else 0 end) as received_lines,
        sum(case when is_in and expected_delivery_date is not null then 1 else 0 end)
            as promised_lines,
        sum(case when is_in and actual_delivery_date <= expected_delivery_date then 1 else 0 end)
            as on_time_lines,
        avg({{ decimal('case when is_in then lead_time_days end') }}) as average_lead_time,
        stddev_samp(case when is_in then lead_time_days end) as lead_time_deviation,
        avg({{ decimal('case when is_in and is_late then days_late end') }}) as average_days_late,
        coalesce(sum(case when is_in then quantity_ordered end), 0) as ordered_units,
        coalesce(sum(case when is_in then quantity_received end), 0) as received_units,
        sum(case when is_in then quantity_received * unit_cost end) as received_value,
        max(order_date) as last_order_date
    from lines
    group by store_id, supplier_id
),

final as (
    select
        delivered.store_id,
        delivered.supplier_id,
        {{ count_of('delivered.lines_count') }} as order_lines,
        {{ count_of('delivered.received_lines') }} as received_lines,
        {{ count_of('delivered.promised_lines') }} as promised_lines,
        {{ count_of('delivered.ordered_units') }} as ordered_units,
        {{ count_of('delivered.received_units') }} as received_units,
        {{ decimal('delivered.received_value') }} as received_value,
        {{ percent('delivered.on_time_lines', 'delivered.promised_lines') }} as on_time_pct,
        {{ safe_divide('delivered.average_lead_time', 1) }} as average_lead_time,
        {{ safe_divide('delivered.lead_time_deviation', 1) }} as lead_time_deviation,
        {{ count_of('percentiles.lead_time_90th_percentile') }} as lead_time_90th_percentile,
        {{ safe_divide('delivered.average_days_late', 1) }} as average_days_late,
        {{ percent('delivered.received_units', 'delivered.ordered_units') }} as fill_rate_pct,
        delivered.last_order_date
    from delivered
    left join percentiles
        on delivered.store_id = percentiles.store_id
        and delivered.supplier_id = percentiles.supplier_id
)

select * from final
