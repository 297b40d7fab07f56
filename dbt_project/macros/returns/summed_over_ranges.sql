{#- CTE `<name>_ranges`: measures of days summed over each range, with the total of all stores
    (`totals` holds it where there are several). -#}
{% macro summed_over_ranges(name, days, by, measures) -%}
{{ name }}_by_store as (
    select
        {% for column in by -%}
        {{ days }}.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end,
        {% for measure in measures -%}
        sum({{ days }}.{{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ days }}
    inner join range_days on {{ days }}.day = range_days.day
    group by
        {% for column in by -%}
        {{ days }}.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end
),

{{ name }}_ranges as (
    select * from {{ name }}_by_store
    union all
    select
        {{ (['totals.store_id'] + by[1:] + ['range_start', 'range_end']) | join(', ') }},
        {% for measure in measures -%}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ name }}_by_store
    cross join totals
    group by {{ (['totals.store_id'] + by[1:] + ['range_start', 'range_end']) | join(', ') }}
)
{%- endmacro %}
