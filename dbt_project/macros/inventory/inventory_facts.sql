{#- CTEs from `entity_days` and `receipts` to `facts`: the stock of each entity of each store, and
    of all stores together, at both ends of each range of days, and what came and went between.
    `keys` are the entity's columns; without keys the entity is the store itself.

    entity_days: store_id, keys, day and the measures of `inventory_day_sums`, every day from the
    entity's first to the run. receipts: store_id, keys, day, lead_time_days, a row for each line of
    a purchase order that arrived.

    Sums are differences of running sums, so that no day is read more than once for all the ranges
    that it lies in. An entity has a row for each range in which a transaction or a state is known
    of it (`counts_receipts`: or a purchase order arrived); a store for each range since it is
    active. -#}
{% macro inventory_facts(keys, counts_receipts=false) -%}
{%- set by = ['store_id'] + keys -%}
{%- set measures = [
    'closing', 'stock_value', 'received', 'units', 'cost_of_goods_sold', 'recent_units',
    'dead_units', 'sellable_days', 'stockout_days', 'activity_count',
] -%}
{%- set running_measures = [
    'stock_value', 'received', 'units', 'cost_of_goods_sold', 'sellable_days', 'stockout_days',
] -%}
periods as (
    select * from {{ ref('core__periods') }}
    {%- if keys %}
    where not is_comparison
    {%- endif %}
),

ranges as (
    select distinct
        period_start as range_start,
        elapsed_end as range_end
    from periods
),

range_days as (
    select range_days.*
    from {{ ref('int_periods__range_days') }} as range_days
    inner join ranges
        on range_days.range_start = ranges.range_start
        and range_days.range_end = ranges.range_end
),

stores as (
    select * from {{ ref('core__stores') }}
),

totals as (
    select store_id from stores
    where is_total and store_count > 1
),

days as (
    select
        {{ (by + ['day'] + measures) | join(', ') }}
    from entity_days
    union all
    select
        {{ (['totals.store_id'] + keys + ['day']) | join(', ') }},
        {{ inventory_day_sums() }}
    from entity_days
    cross join totals
    group by {{ (['totals.store_id'] + keys + ['day']) | join(', ') }}
),

running as (
    select
        {{ (by + ['day', 'closing', 'stock_value', 'recent_units', 'dead_units']) | join(', ') }},
        {% for measure in running_measures -%}
        sum({{ measure }}) over to_date as {{ measure }}_to_date{{ ',' if not loop.last }}
        {% endfor %}
    from days
    window to_date as (
        partition by {{ by | join(', ') }} order by day
        rows between unbounded preceding and current row
    )
),

all_receipts as (
    select {{ (by + ['day', 'lead_time_days']) | join(', ') }}
    from receipts
    union all
    select {{ (['totals.store_id'] + keys + ['day', 'lead_time_days']) | join(', ') }}
    from receipts
    cross join totals
),

lead_times as (
    select
        {% for column in by -%}
        all_receipts.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end,
        sum(all_receipts.lead_time_days) as lead_time_days,
        count(*) as receipt_count
    from all_receipts
    inner join range_days on all_receipts.day = range_days.day
    group by
        {% for column in by -%}
        all_receipts.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end
),

entity_ranges as (
    {%- if keys %}
    select
        {% for column in by -%}
        days.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end
    from days
    inner join range_days on days.day = range_days.day
    where days.activity_count > 0
    group by
        {% for column in by -%}
        days.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end
    {%- if counts_receipts %}
    union distinct
    select {{ (by + ['range_start', 'range_end']) | join(', ') }}
    from lead_times
    {%- endif %}
    {%- else %}
    select
        stores.store_id,
        ranges.range_start,
        ranges.range_end
    from stores
    inner join ranges on stores.first_activity_date <= ranges.range_end
    where not stores.is_total or stores.store_count > 1
    {%- endif %}
),

facts as (
    select
        entity_ranges.*,
        greatest(
            case
                when stores.first_data_date > entity_ranges.range_start
                    then {{ dbt.datediff(
                        'stores.first_data_date', 'entity_ranges.range_end', 'day'
                    ) }}
                else {{ dbt.datediff(
                    'entity_ranges.range_start', 'entity_ranges.range_end', 'day'
                ) }}
            end + 1, 0
        ) as days_in_data,
        coalesce(at_end.closing, 0) as closing,
        coalesce(at_end.stock_value, 0) as stock_value,
        coalesce(at_end.recent_units, 0) as recent_units,
        coalesce(at_end.dead_units, 0) as dead_units,
        coalesce(before.closing, 0) as opening,
        {% for measure in running_measures -%}
        coalesce(at_end.{{ measure }}_to_date, 0) - coalesce(before.{{ measure }}_to_date, 0)
            as {{ 'stock_value_sum' if measure == 'stock_value' else measure }},
        {% endfor -%}
        lead_times.lead_time_days,
        lead_times.receipt_count
    from entity_ranges
    inner join stores on entity_ranges.store_id = stores.store_id
    left join running as at_end
        on entity_ranges.range_end = at_end.day
        {%- for column in by %}
        and entity_ranges.{{ column }} = at_end.{{ column }}
        {%- endfor %}
    left join running as before
        on {{ add_days(-1, 'entity_ranges.range_start') }} = before.day
        {%- for column in by %}
        and entity_ranges.{{ column }} = before.{{ column }}
        {%- endfor %}
    left join lead_times
        on entity_ranges.range_start = lead_times.range_start
        and entity_ranges.range_end = lead_times.range_end
        {%- for column in by %}
        and entity_ranges.{{ column }} = lead_times.{{ column }}
        {%- endfor %}
)
{%- endmacro %}
