-- One customer for each e-mail address, the oldest, so that a guest who is known is recognised.
with

customers as (
    select * from {{ ref('stg_shopify__customers') }}
),

ranked as (
    select
        store_id,
        email,
        customer_id,
        load_id,
        row_number() over (
            partition by store_id, email order by created_at, {{ by_text('customer_id') }}
        ) as email_rank
    from customers
    where email is not null
),

final as (
    select
        store_id,
        email,
        customer_id,
        load_id
    from ranked
    where email_rank = 1
)

select * from final
