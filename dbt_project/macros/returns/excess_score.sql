{#- How far beyond chance a count is, in standard deviations: `part` happened on a base of
    `part_base` units sold, against `other` on `other_base`. Were both equally frequent, `part`
    would be a binomial share of the two, as wide as its base (the conditional test of two Poisson
    rates of Przyborowski and Wilenski, 1940). The score is the signed root of that binomial's
    likelihood ratio, less half a case for continuity: 1.6 happens by chance once in twenty, 3.1
    once in a thousand, 4 once in 30,000. 0 where it is no more than expected; null where one of
    the bases is none. -#}
{% macro excess_score(part, part_base, other, other_base) -%}
    {%- set both = '(' ~ part ~ ' + ' ~ other ~ ')' -%}
    {%- set kept = '(' ~ part ~ ' - 0.5)' -%}
    {%- set expected -%}
        (cast({{ both }} * ({{ part_base }}) as {{ type_double() }})
        / nullif({{ part_base }} + {{ other_base }}, 0))
    {%- endset -%}
    case
        when {{ part_base }} <= 0 or {{ other_base }} <= 0 then null
        when {{ kept }} <= {{ expected }} then 0
        else {{ rounded(square_root(
            '2 * (' ~ kept ~ ' * ln(' ~ kept ~ ' / ' ~ expected ~ ') + (' ~ both ~ ' - ' ~ kept
            ~ ') * ln((' ~ both ~ ' - ' ~ kept ~ ') / (' ~ both ~ ' - ' ~ expected ~ ')))'
        )) }}
    end
{%- endmacro %}
