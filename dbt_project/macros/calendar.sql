{#- One row for each day from first_day to last_day, both columns of the relation `bounds`;
    two centuries at most. -#}
{% macro calendar(bounds) -%}
    select
        {{ add_days('cast(numbers.generated_number as integer) - 1', 'bounds.first_day') }}
            as date_day
    from {{ bounds }} as bounds
    cross join ({{ dbt.generate_series(73050) }}) as numbers
    where
        numbers.generated_number
        <= {{ dbt.datediff('bounds.first_day', 'bounds.last_day', 'day') }} + 1
{%- endmacro %}
