{#- The standard error of a percentage that so many cases show, both from 0 to 100. -#}
{% macro error_of_pct(percentage, case_count) -%}
    {{ square_root(safe_divide(
        'greatest(' ~ percentage ~ ' * (100 - ' ~ percentage ~ '), 0)', case_count
    )) }}
{%- endmacro %}
