{#- numerator / denominator with nine decimals; null when the denominator is zero or null. -#}
{% macro safe_divide(numerator, denominator) -%}
    {{ return(adapter.dispatch('safe_divide')(numerator, denominator)) }}
{%- endmacro %}

{% macro default__safe_divide(numerator, denominator) -%}
    cast(
        cast({{ numerator }} as {{ type_ratio() }}) / nullif({{ denominator }}, 0)
        as {{ type_ratio() }}
    )
{%- endmacro %}
