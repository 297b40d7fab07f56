{#- A date some months later (negative: earlier), the last day of a shorter month kept. -#}
{% macro add_months(months, date_column) -%}
    cast({{ dbt.dateadd('month', months, date_column) }} as date)
{%- endmacro %}
