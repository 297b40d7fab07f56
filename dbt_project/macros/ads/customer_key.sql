{#- Who came: the customer where one is known, else the visitor, else the order or, last, the single
    visit that they are known by. -#}
{% macro customer_key(customer_id, visitor_id, order_id, visit_id) -%}
    case
        when {{ customer_id }} is not null then {{ dbt.concat(["'customer-'", customer_id]) }}
        when {{ visitor_id }} is not null then {{ dbt.concat(["'visitor-'", visitor_id]) }}
        when {{ order_id }} is not null then {{ dbt.concat(["'order-'", order_id]) }}
        else {{ dbt.concat(["'visit-'", visit_id]) }}
    end
{%- endmacro %}
