{#- Whether a row, by its position among `row_count` sorted rows, is the percentile: the first that
    at least so many percent of the rows do not exceed. -#}
{% macro is_percentile(position, row_count, percentage) -%}
    100 * {{ position }} >= {{ percentage }} * {{ row_count }}
    and 100 * ({{ position }} - 1) < {{ percentage }} * {{ row_count }}
{%- endmacro %}
