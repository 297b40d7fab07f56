{#- An amount x a rate as money. Most amounts are in the reporting currency already and wide
    decimals multiply slowly: a rate of 1 passes the amount through. -#}
{% macro at_rate(amount, rate) -%}
    case
        when {{ rate }} = 1 then {{ decimal(amount) }}
        else {{ decimal(amount ~ ' * ' ~ rate) }}
    end
{%- endmacro %}
