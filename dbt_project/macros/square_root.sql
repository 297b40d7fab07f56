{#- The square root, worked out in floating point on every engine. -#}
{% macro square_root(expression) -%}
    sqrt(cast({{ expression }} as {{ type_double() }}))
{%- endmacro %}
