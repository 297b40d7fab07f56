{#- Whose rows a file brings: rows without a store belong to the one Shopify shop, if there is one
    and the files have no orders of their own; else to the store `default`. -#}
{% macro file_store_id(store_id) -%}
    case
        when {{ store_id }} <> 'default' then {{ store_id }}
        when exists (
            select 1 from {{ source('raw_files', 'orders') }} as file_orders
            where file_orders.store_id = 'default'
        ) then 'default'
        else coalesce(
            (
                select max(shop.store_id) from {{ source('raw_shopify', 'shop') }} as shop
                having count(*) = 1
            ),
            'default'
        )
    end
{%- endmacro %}
