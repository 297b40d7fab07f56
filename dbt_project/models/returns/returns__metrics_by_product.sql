-- Every SKU that sold or came back in a period.
with

return_lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where has_line
),

{{ returns_metrics(['sku']) }},

products as (
    select * from {{ ref('core__products') }}
),

-- Stores may sell different things under one SKU; the total shows one of their names.
names as (
    select
        store_id,
        sku,
        product_name
    from products
    union all
    select
        'all' as store_id,
        sku,
        max(product_name) as product_name
    from products
    group by sku
),

final as (
    select
        metrics.*,
        names.product_name
    from metrics
    left join names
        on metrics.store_id = names.store_id
        and metrics.sku = names.sku
)

select * from final
