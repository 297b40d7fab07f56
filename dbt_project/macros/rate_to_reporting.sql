{#- The rate that rate_join found: 1 within the reporting currency, null where none is known. -#}
{% macro rate_to_reporting(currency, reporting_currency) -%}
    case
        when {{ currency }} = {{ reporting_currency }} then cast(1 as {{ type_rate() }})
        else rates.rate
    end
{%- endmacro %}
