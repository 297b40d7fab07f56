{#- The zone of a file's rows: what stores.csv says, else that of the Shopify shop they belong to,
    else the setting. -#}
{% macro time_zone() -%}
    coalesce(
        stores.time_zone,
        (
            select max(shop.iana_timezone) from {{ source('raw_shopify', 'shop') }} as shop
            where shop.store_id = source.store_id
        ),
        case
            when source.store_id = 'default' and {{ file_store_id('source.store_id') }} <> 'default'
                then (
                    select max(shop.iana_timezone) from {{ source('raw_shopify', 'shop') }} as shop
                )
        end,
        '{{ var("store_time_zone") }}'
    )
{%- endmacro %}
