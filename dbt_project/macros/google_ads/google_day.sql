{#- The day of an instant that Google tells as text in the account's zone; a day in or after 2037
    means that there is none. -#}
{% macro google_day(column) -%}
    case when {{ column }} < '2037' then cast(left({{ column }}, 10) as date) end
{%- endmacro %}
