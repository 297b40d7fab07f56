{#- The growth of a ratio against another one, in percent; null when the other one is zero or has no
    base. -#}
{% macro index_change(part, whole, base_part, base_whole) -%}
    cast(
        {{ index_of(part, whole, base_part, base_whole) }} - 100 as {{ type_ratio() }}
    )
{%- endmacro %}
