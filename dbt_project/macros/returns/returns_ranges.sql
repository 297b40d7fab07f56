{#- CTEs from `return_lines` to `returned_ranges` and `sold_ranges`: what each entity of each
    store, and of all stores together where there are several, took back and sold in each range
    of days. Returns count on their own day, refunds on theirs, and the units of an order that
    came back on the day of the order. A return counts once for each entity that it touches. -#}
{% macro returns_ranges(by, sold_by) -%}
{%- set measures = [
    'returns_count', 'exchanges', 'processed_returns', 'processing_days', 'units', 'quality_units',
    'wrong_units', 'size_units', 'resaleable_units', 'return_value', 'recovered_value',
    'processing_cost', 'shipping_cost', 'net_loss', 'refunded', 'cohort_units',
] -%}
{%- set sold_measures = ['units', 'revenue', 'matured_units', 'curve_units'] -%}
range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

stores as (
    select * from {{ ref('core__stores') }}
),

totals as (
    select store_id from stores
    where is_total and store_count > 1
),

return_sums as (
    select
        {{ by | join(', ') }},
        return_id,
        return_date,
        max(case when return_type = 'exchange' then 1 else 0 end) as is_exchange,
        max(case when return_status = 'completed' then processing_days end) as processing_days,
        sum(units) as units,
        sum(case when return_reason_category = 'product_quality' then units else 0 end)
            as quality_units,
        sum(case when return_reason_category = 'wrong_product' then units else 0 end)
            as wrong_units,
        sum(case when return_reason_category = 'size_fit' then units else 0 end) as size_units,
        sum(resaleable_units) as resaleable_units,
        sum(refund_amount) as return_value,
        sum(restocked_value) as recovered_value,
        sum(processing_cost) as processing_cost,
        sum(shipping_cost) as shipping_cost
    from return_lines
    group by {{ by | join(', ') }}, return_id, return_date
),

returned_days as (
    select
        {{ by | join(', ') }},
        return_date as day,
        count(*) as returns_count,
        sum(is_exchange) as exchanges,
        count(processing_days) as processed_returns,
        sum(coalesce(processing_days, 0)) as processing_days,
        sum(units) as units,
        sum(quality_units) as quality_units,
        sum(wrong_units) as wrong_units,
        sum(size_units) as size_units,
        sum(resaleable_units) as resaleable_units,
        sum(return_value) as return_value,
        sum(recovered_value) as recovered_value,
        sum(processing_cost) as processing_cost,
        sum(shipping_cost) as shipping_cost,
        sum(return_value - recovered_value + processing_cost + shipping_cost) as net_loss,
        0 as refunded,
        0 as cohort_units
    from return_sums
    group by {{ by | join(', ') }}, return_date
    union all
    select
        {{ by | join(', ') }},
        refund_day as day,
        {% for _ in measures[:-2] %}0, {% endfor -%}
        sum(refund_amount) as refunded,
        0 as cohort_units
    from return_lines
    where refund_day is not null
    group by {{ by | join(', ') }}, refund_day
    union all
    select
        {{ by | join(', ') }},
        order_day as day,
        {% for _ in measures[:-1] %}0, {% endfor -%}
        sum(units) as cohort_units
    from return_lines
    where order_day is not null
    group by {{ by | join(', ') }}, order_day
    {%- if by | length == 1 %}
    union all
    select
        stores.store_id,
        calendar.day,
        {{ (['0'] * measures | length) | join(', ') }}
    from stores
    inner join {{ ref('core__calendar') }} as calendar
        on calendar.day between stores.first_activity_date and {{ as_of_date() }}
    where not stores.is_total
    {%- endif %}
),

curve as (
    select * from {{ ref('int_return_facts__curve') }}
),

sold_days as (
    select
        {{ sold_by | join(', ') }},
        day,
        {{ dbt.datediff('day', as_of_date(), 'day') }} as age_days,
        sum(units) as units,
        sum(revenue) as revenue
    from {{ ref('int_return_facts__sold') }}
    group by {{ sold_by | join(', ') }}, day
),

matured_days as (
    select
        sold_days.*,
        sold_days.units
        * case
            when sold_days.age_days >= {{ var('return_usual_days') }} then 1
            else coalesce(curve.share_of_returns, 0)
        end as matured_units,
        case
            when
                sold_days.age_days >= {{ var('return_usual_days') }}
                or curve.share_of_returns is not null
                then sold_days.units
            else 0
        end as curve_units
    from sold_days
    left join curve
        on sold_days.store_id = curve.store_id
        and sold_days.age_days = curve.days_since_purchase
),

{{ summed_over_ranges('returned', 'returned_days', by, measures) }},

{{ summed_over_ranges('sold', 'matured_days', sold_by, sold_measures) }}
{%- endmacro %}
