{#- CTEs from `return_lines` to `metrics`: every returns metric of each entity of each store, and
    of all stores together, in each period. This is the one place where the ratios of returns are
    written. `keys` are the entity's columns; without keys the entity is the store itself, and
    its days without returns count as zero. Sales are those of the same entity, unless what is
    sold does not know the entity (a reason, a type of return): then `of_store`, and the store's
    whole sales are the base.

    return_lines: columns of int_return_facts__lines, with the keys. -#}
{% macro returns_metrics(keys, of_store=false) -%}
{%- set by = ['store_id'] + keys -%}
{%- set sold_by = ['store_id'] if of_store else by -%}
{{ returns_ranges(by, sold_by) }},

periods as (
    select * from {{ ref('core__periods') }}
    {%- if keys %}
    where not is_comparison
    {%- endif %}
),

-- A row for each entity that sold, took back or refunded anything.
entities as (
    select {{ (by + ['range_start', 'range_end']) | join(', ') }} from returned_ranges
    {%- if of_store %}
    where returns_count > 0 or refunded <> 0
    {%- else %}
    union distinct
    select {{ (by + ['range_start', 'range_end']) | join(', ') }} from sold_ranges
    {%- endif %}
),

store_metrics as (
    select
        {% for column in by -%}
        entities.{{ column }},
        {% endfor -%}
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.days_elapsed,
        {{ count_of('coalesce(returned.returns_count, 0)') }} as total_returns,
        {{ count_of('coalesce(returned.units, 0)') }} as returned_units,
        {{ count_of('coalesce(sold.units, 0)') }} as total_units_sold,
        {{ decimal('coalesce(sold.revenue, 0)') }} as total_revenue,
        {{ percent('coalesce(returned.units, 0)', 'sold.units') }} as return_rate,
        {{ percent('coalesce(returned.cohort_units, 0)', 'sold.units') }}
            as return_rate_by_order_date,
        {{ percent('sold.matured_units', 'sold.curve_units') }} as cohort_maturity_pct,
        {{ decimal('coalesce(returned.return_value, 0)') }} as return_value,
        {{ decimal('coalesce(returned.refunded, 0)') }} as refund_amount,
        {{ percent('returned.quality_units', 'returned.units') }} as defect_rate,
        {{ percent('returned.wrong_units', 'returned.units') }} as wrong_item_rate,
        {{ percent('returned.size_units', 'returned.units') }} as size_fit_returns,
        {{ percent('returned.exchanges', 'returned.returns_count') }} as exchange_rate,
        {{ percent('returned.resaleable_units', 'returned.units') }} as restocking_rate,
        {{ safe_divide('returned.processing_days', 'returned.processed_returns') }}
            as average_processing_time,
        {{ decimal('coalesce(returned.recovered_value, 0)') }} as recovered_value,
        {{ decimal('coalesce(returned.processing_cost, 0)') }} as processing_cost,
        {{ decimal('coalesce(returned.shipping_cost, 0)') }} as shipping_cost,
        {{ decimal('coalesce(returned.net_loss, 0)') }} as net_return_loss,
        {{ percent('coalesce(returned.net_loss, 0)', 'sold.revenue') }} as return_cost_pct,
        periods.is_complete
    from entities
    inner join periods
        on entities.range_start = periods.period_start
        and entities.range_end = periods.elapsed_end
    left join returned_ranges as returned
        on entities.range_start = returned.range_start
        and entities.range_end = returned.range_end
        {%- for column in by %}
        and entities.{{ column }} = returned.{{ column }}
        {%- endfor %}
    left join sold_ranges as sold
        on entities.range_start = sold.range_start
        and entities.range_end = sold.range_end
        {%- for column in sold_by %}
        and entities.{{ column }} = sold.{{ column }}
        {%- endfor %}
),

{%- set columns = [
    'period_type', 'period_start', 'period_end', 'days_elapsed', 'total_returns',
    'returned_units', 'total_units_sold', 'total_revenue', 'return_rate',
    'return_rate_by_order_date', 'cohort_maturity_pct', 'return_value', 'refund_amount',
    'defect_rate', 'wrong_item_rate', 'size_fit_returns', 'exchange_rate', 'restocking_rate',
    'average_processing_time', 'recovered_value', 'processing_cost', 'shipping_cost',
    'net_return_loss', 'return_cost_pct', 'is_complete',
] %}

-- The total of a single store is that store.
metrics as (
    select * from store_metrics
    union all
    select
        stores.store_id,
        {% for column in keys + columns -%}
        store_metrics.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from store_metrics
    cross join stores
    where stores.is_total and stores.store_count = 1
)
{%- endmacro %}
