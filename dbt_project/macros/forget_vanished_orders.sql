{#- After an incremental build: orders that no source has any more leave the table. -#}
{% macro forget_vanished_orders() -%}
    {%- if builds_on_what_is_there() -%}
    delete from {{ this }}
    where not exists (
        select 1 from {{ ref('int_orders__from_shopify') }} as landed
        where landed.store_id = {{ this }}.store_id and landed.order_id = {{ this }}.order_id
    )
    and not exists (
        select 1 from {{ ref('int_orders__from_files') }} as landed
        where landed.store_id = {{ this }}.store_id and landed.order_id = {{ this }}.order_id
    )
    {%- endif -%}
{%- endmacro %}
