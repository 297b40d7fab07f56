{#- Whether two Poisson counts, each over its own exposure (days, say), differ by more standard
    deviations than `score`: the normal test of two rates, pooled, without a root or a quotient. -#}
{% macro rates_differ(count_a, exposure_a, count_b, exposure_b, score) -%}
    ({{ count_a }} * {{ exposure_b }} - {{ count_b }} * {{ exposure_a }})
    * ({{ count_a }} * {{ exposure_b }} - {{ count_b }} * {{ exposure_a }})
    > {{ score }} * {{ score }} * ({{ count_a }} + {{ count_b }})
    * {{ exposure_a }} * {{ exposure_b }}
{%- endmacro %}
