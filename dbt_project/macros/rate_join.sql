{#- Joins the rate from a currency to the reporting currency on a day, as `rates`;
    `rate_to_reporting` reads it. -#}
{% macro rate_join(currency, reporting_currency, day) -%}
    left join {{ ref('core__exchange_rates') }} as rates
        on {{ currency }} = rates.from_currency
        and {{ reporting_currency }} = rates.to_currency
        and {{ day }} between rates.valid_from and rates.valid_to
{%- endmacro %}
