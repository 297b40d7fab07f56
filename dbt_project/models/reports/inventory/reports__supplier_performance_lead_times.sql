-- How long what arrived in each of the last thirteen months had taken, by supplier.
with

deliveries as (
    select
        *,
        {{ date_trunc_to('month', 'actual_delivery_date') }} as month_start
    from {{ ref('core__purchase_orders') }}
    where is_received and supplier_id is not null
),

suppliers as (
    select * from {{ ref('inventory__suppliers') }}
),

months as (
    select
        store_id,
        supplier_id,
        month_start,
        count(*) as received_lines,
        sum(case when expected_delivery_date is not null then 1 else 0 end) as expected_lines,
        sum(case when expected_delivery_date is not null and not is_late then 1 else 0 end)
            as punctual_lines,
        sum(lead_time_days) as lead_time_days,
        count(lead_time_days) as timed_lines,
        max(lead_time_days) as longest_lead_time,
        sum(days_late) as days_late,
        sum(case when is_late then 1 else 0 end) as late_lines
    from deliveries
    group by store_id, supplier_id, month_start
),

measured as (
    select
        *,
        {{ safe_divide('lead_time_days', 'timed_lines') }} as average_lead_time
    from months
),

final as (
    select
        measured.store_id,
        {{ as_of_date() }} as as_of_date,
        measured.month_start,
        measured.supplier_id,
        suppliers.supplier_name,
        measured.received_lines,
        {{ rounded(percent('measured.punctual_lines', 'measured.expected_lines')) }}
            as on_time_pct,
        {{ rounded('measured.average_lead_time') }} as average_lead_time,
        measured.longest_lead_time,
        {{ rounded('month_before.average_lead_time') }} as average_lead_time_month_before,
        {{ rounded('suppliers.average_lead_time') }} as average_lead_time_overall,
        suppliers.promised_lead_time_days,
        {{ rounded(safe_divide('measured.days_late', 'measured.late_lines')) }}
            as average_days_late
    from measured
    left join suppliers
        on measured.store_id = suppliers.store_id
        and measured.supplier_id = suppliers.supplier_id
    left join measured as month_before
        on measured.store_id = month_before.store_id
        and measured.supplier_id = month_before.supplier_id
        and month_before.month_start = {{ add_months(-1, 'measured.month_start') }}
    where measured.month_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
)

select * from final
