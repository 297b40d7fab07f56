{#- The last whole number up to a quantity, six decimals seen: engines differ in the digits after
    them. -#}
{% macro rounded_down(expression) -%}
    {{ count_of('floor(' ~ decimal(expression) ~ ')') }}
{%- endmacro %}
