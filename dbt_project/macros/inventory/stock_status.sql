{#- The state of stock in one word; the first rule that fits. -#}
{% macro stock_status(available, safety_stock, reorder_point, is_dead, is_overstocked) -%}
    case
        when {{ available }} <= 0 then 'out'
        when {{ is_dead }} then 'dead'
        when {{ available }} < {{ safety_stock }} then 'critical'
        when {{ available }} < {{ reorder_point }} then 'low'
        when {{ is_overstocked }} then 'overstock'
        else 'in_stock'
    end
{%- endmacro %}
