-- What customers of Shopify shops took instead. Shopify does not say which line an exchange
-- replaces: the SKU given back is known where the return has only one.
with

exchange_lines as (
    select * from {{ ref('stg_shopify__exchange_lines') }}
),

variants as (
    select * from {{ ref('stg_shopify__product_variants') }}
),

items as (
    select * from {{ ref('int_returns__items_from_shopify') }}
),

given_back as (
    select
        store_id,
        return_id,
        min(sku) as sku
    from items
    group by store_id, return_id
    having count(distinct sku) = 1
),

final as (
    select
        exchange_lines.store_id,
        exchange_lines.exchange_line_id as exchange_id,
        exchange_lines.return_id,
        given_back.sku as original_sku,
        {{ shopify_sku('variants.sku', 'exchange_lines.variant_id', "''") }} as exchange_sku,
        exchange_lines.order_id as exchange_order_id,
        exchange_lines.quantity
    from exchange_lines
    left join variants
        on exchange_lines.store_id = variants.store_id
        and exchange_lines.variant_id = variants.variant_id
    left join given_back
        on exchange_lines.store_id = given_back.store_id
        and exchange_lines.return_id = given_back.return_id
)

select * from final
