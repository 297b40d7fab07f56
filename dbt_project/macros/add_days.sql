{#- A date some days later (negative: earlier), as a date. -#}
{% macro add_days(days, date_column) -%}
    cast({{ dbt.dateadd('day', days, date_column) }} as date)
{%- endmacro %}
