{#- First day of a date's month, quarter or year, as a date. -#}
{% macro date_trunc_to(datepart, date_column) -%}
    cast({{ dbt.date_trunc(datepart, date_column) }} as date)
{%- endmacro %}
