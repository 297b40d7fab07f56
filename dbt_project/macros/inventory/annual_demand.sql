{#- Units a year, from those of the trailing 365 days: a SKU that has been there for fewer days,
    both ends counted, would sell so many more. -#}
{% macro annual_demand(units_365, demand_since, end_day) -%}
    case
        when {{ dbt.datediff(demand_since, end_day, 'day') }} + 1 between 1 and 364
            then {{ safe_divide(
                '365 * ' ~ units_365, dbt.datediff(demand_since, end_day, 'day') ~ ' + 1'
            ) }}
        else cast({{ units_365 }} as {{ type_ratio() }})
    end
{%- endmacro %}
