-- The returns of Shopify shops, also those whose orders do not count.
with

returns as (
    select * from {{ ref('stg_shopify__returns') }}
),

refunded as (
    select * from {{ ref('int_returns__refunded') }}
),

final as (
    select
        store_id,
        return_id
    from returns
    union distinct
    select
        store_id,
        return_id
    from refunded
)

select * from final
