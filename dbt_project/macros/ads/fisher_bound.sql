{#- An end of the interval of a correlation by Fisher's transformation: tanh(atanh(r) + score /
    sqrt(n - 3)), for more than three points; a correlation of exactly -1 or 1 is its own bound. -#}
{% macro fisher_bound(correlation, points, score) -%}
    cast(
        case
            when {{ points }} > 3 and abs({{ correlation }}) < 1
                then 1 - 2 / (1 + exp(
                    ln(
                        (1 + cast({{ correlation }} as {{ type_double() }}))
                        / (1 - cast({{ correlation }} as {{ type_double() }}))
                    )
                    + 2 * {{ score }} / {{ square_root(points ~ ' - 3') }}
                ))
            when {{ points }} > 3 then {{ correlation }}
        end as {{ type_ratio() }}
    )
{%- endmacro %}
