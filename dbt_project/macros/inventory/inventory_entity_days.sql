{#- `entity_days` and `receipts` of an attribute of SKUs: stock and sales of all SKUs that share it,
    day by day. The supplier of a SKU is the one that it is replenished from. -#}
{% macro inventory_entity_days(key) -%}
sku_days as (
    select * from {{ ref('int_inventory__days') }}
),

products as (
    select * from {{ ref('core__products') }}
),

terms as (
    select * from {{ ref('int_stock__terms') }}
),

attributes as (
    select
        products.store_id,
        products.sku,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        coalesce(terms.supplier_id, 'unknown') as supplier_id
    from products
    left join terms
        on products.store_id = terms.store_id
        and products.sku = terms.sku
),

entity_days as (
    select
        sku_days.store_id,
        coalesce(attributes.{{ key }}, 'unknown') as {{ key }},
        sku_days.day,
        {{ inventory_day_sums() }}
    from sku_days
    left join attributes
        on sku_days.store_id = attributes.store_id
        and sku_days.sku = attributes.sku
    group by sku_days.store_id, coalesce(attributes.{{ key }}, 'unknown'), sku_days.day
),

receipts as (
    select * from {{ ref('int_inventory__receipts') }}
)
{%- endmacro %}
