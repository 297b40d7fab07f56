{#- Days that units last at the pace of those sold in the last `velocity_window_days` days; null
    where none sold. Both are whole units, so that whole days come out whole. -#}
{% macro days_of_stock(units, recent_units) -%}
    {{ safe_divide('(' ~ units ~ ') * ' ~ var('velocity_window_days'), recent_units) }}
{%- endmacro %}
