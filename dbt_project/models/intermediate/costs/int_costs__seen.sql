-- What a Shopify shop's SKUs were seen to cost, a row for each change. Of several items of one SKU
-- the first by key speaks. SKUs whose costs a file tells are left to the file.
with

item_costs as (
    select * from {{ ref('stg_shopify__inventory_item_costs') }}
    where unit_cost_amount is not null
),

variants as (
    select * from {{ ref('stg_shopify__product_variants') }}
),

told_skus as (
    select distinct store_id, sku from {{ ref('stg_files__cost_data') }}
),

skus as (
    select
        store_id,
        {{ shopify_sku('sku', 'variant_id', 'title') }} as sku,
        min({{ by_text('inventory_item_id') }}) as inventory_item_id
    from variants
    group by store_id, {{ shopify_sku('sku', 'variant_id', 'title') }}
),

observed as (
    select
        skus.store_id,
        skus.sku,
        item_costs.observed_on,
        item_costs.unit_cost_amount as unit_cost,
        item_costs.load_id,
        lag(item_costs.observed_on) over history as previous_day,
        lag(item_costs.unit_cost_amount) over history as previous_cost
    from item_costs
    inner join skus
        on item_costs.store_id = skus.store_id
        and item_costs.inventory_item_id = skus.inventory_item_id
    left join told_skus
        on skus.store_id = told_skus.store_id
        and skus.sku = told_skus.sku
    where told_skus.sku is null
    window history as (
        partition by skus.store_id, skus.sku order by item_costs.observed_on
    )
),

final as (
    select
        store_id,
        sku,
        observed_on as known_on,
        case when previous_day is null then cast('1900-01-01' as date) else observed_on end
            as valid_from,
        unit_cost,
        load_id
    from observed
    where previous_day is null or unit_cost <> previous_cost
)

select * from final
