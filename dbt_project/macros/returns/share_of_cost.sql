{#- A line's part of a cost of its return: what is laid up to its end less what is laid before
    it. -#}
{% macro share_of_cost(cost) -%}
    {{ decimal(
        decimal('coalesce(' ~ cost ~ ', 0) * cost_shares.share_to') ~ ' - '
        ~ decimal('coalesce(' ~ cost ~ ', 0) * cost_shares.share_from')
    ) }}
{%- endmacro %}
