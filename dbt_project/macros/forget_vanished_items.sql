{#- After an incremental build: lines leave the table that their order, built anew, did not
    bring. -#}
{% macro forget_vanished_items() -%}
    {%- if builds_on_what_is_there() -%}
    delete from {{ this }}
    where not exists (
        select 1 from {{ ref('core__orders') }} as orders
        where
            orders.store_id = {{ this }}.store_id
            and orders.order_id = {{ this }}.order_id
            and orders.load_id <= {{ this }}.load_id
    )
    {%- endif -%}
{%- endmacro %}
