{#- Days that the available units last: 0 where none is, null where some are and nothing sold. -#}
{% macro days_until_stockout(available, recent_units) -%}
    cast(
        case
            when {{ available }} <= 0 then 0
            else {{ days_of_stock(available, recent_units) }}
        end as {{ type_ratio() }}
    )
{%- endmacro %}
