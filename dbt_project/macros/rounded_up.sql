{#- The next whole number from a quantity on, six decimals seen: engines differ in the digits after
    them. -#}
{% macro rounded_up(expression) -%}
    {{ count_of('ceil(' ~ decimal(expression) ~ ')') }}
{%- endmacro %}
