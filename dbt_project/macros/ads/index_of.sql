{#- A ratio with another one as 100; null when one of the two has no base, or the other is zero.
    Floating point: products of large sums outgrow a decimal, and a quotient of rounded ratios is
    off in its last digits. -#}
{% macro index_of(part, whole, base_part, base_whole) -%}
    cast(
        100 * cast({{ part }} as {{ type_double() }}) * {{ base_whole }}
        / nullif(cast({{ whole }} as {{ type_double() }}) * {{ base_part }}, 0)
        as {{ type_ratio() }}
    )
{%- endmacro %}
