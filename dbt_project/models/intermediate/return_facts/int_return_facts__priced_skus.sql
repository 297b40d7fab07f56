-- SKUs that sold enough for a return rate to mean something, with what they sold for on average:
-- each under its category and under `all` categories, of its store and of `all` stores.
with

skus as (
    select
        store_id as sku_store_id,
        sku,
        category,
        units_sold,
        returned_units,
        revenue,
        {{ safe_divide('revenue', 'units_sold') }} as price,
        {{ percent('returned_units', 'units_sold') }} as return_rate
    from {{ ref('int_return_facts__sku_reasons') }}
    where units_sold >= {{ var('price_minimum_units') }}
),

of_stores as (
    select
        sku_store_id as store_id,
        *
    from skus
    union all
    select
        'all' as store_id,
        *
    from skus
),

scopes as (
    select
        store_id,
        category as price_scope,
        sku_store_id,
        sku,
        units_sold,
        returned_units,
        revenue,
        price,
        return_rate
    from of_stores
    union all
    select
        store_id,
        'all' as price_scope,
        sku_store_id,
        sku,
        units_sold,
        returned_units,
        revenue,
        price,
        return_rate
    from of_stores
),

final as (
    select
        *,
        ntile({{ var('price_bands') }}) over (
            partition by store_id, price_scope
            order by price, {{ by_text('sku_store_id') }}, {{ by_text('sku') }}
        ) as price_band
    from scopes
)

select * from final
