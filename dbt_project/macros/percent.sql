{#- part / whole x 100, on a scale of 0 to 100; null when the whole is zero or null. -#}
{% macro percent(part, whole) -%}
    {{ safe_divide('100 * (' ~ part ~ ')', whole) }}
{%- endmacro %}
