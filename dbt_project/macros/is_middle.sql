{#- Whether a row, by its position among `row_count` sorted rows, is (one of the two) in the middle:
    the mean of those rows is the median. Engines differ in their percentile functions. -#}
{% macro is_middle(position, row_count) -%}
    2 * {{ position }} between {{ row_count }} and {{ row_count }} + 2
{%- endmacro %}
