-- One row a customer, those who are only known from their orders too (is_inferred).
with

named as (
    select * from {{ ref('int_customers__named') }}
),

orders as (
    select * from {{ ref('core__orders') }}
    where customer_id is not null
),

items as (
    select * from {{ ref('core__order_items') }}
    where is_valid and not is_gift_card and order_day <= {{ as_of_date() }}
),

ordered as (
    select
        store_id,
        customer_id,
        count(
            case when is_valid and order_day <= {{ as_of_date() }} then order_id end
        ) as total_orders,
        min(
            case when is_valid and order_day <= {{ as_of_date() }} then order_day end
        ) as first_purchase_date,
        max(
            case when is_valid and order_day <= {{ as_of_date() }} then order_day end
        ) as last_purchase_date,
        min(order_date) as first_seen_at,
        max(country) as country
    from orders
    group by store_id, customer_id
),

spent as (
    select
        store_id,
        customer_id,
        sum(total_amount) as total_lifetime_value
    from items
    where customer_id is not null
    group by store_id, customer_id
),

-- Two readings of a few columns each cost less than one that is kept for two readers.
named_keys as (
    select
        store_id,
        customer_id
    from {{ ref('int_customers__named') }}
),

keys as (
    select store_id, customer_id from named_keys
    union distinct
    select store_id, customer_id from ordered
),

final as (
    select
        keys.store_id,
        keys.customer_id,
        named.customer_name,
        named.email,
        named.phone,
        named.registration_date,
        named.customer_segment,
        coalesce(ordered.total_orders, 0) as total_orders,
        {{ decimal('coalesce(spent.total_lifetime_value, 0)') }} as total_lifetime_value,
        ordered.first_purchase_date,
        ordered.last_purchase_date,
        coalesce(named.status, 'active') as status,
        named.city,
        named.state,
        coalesce(named.country, ordered.country) as country,
        named.customer_id is null as is_inferred,
        coalesce(named.created_at, ordered.first_seen_at) as created_at
    from keys
    left join named
        on keys.store_id = named.store_id
        and keys.customer_id = named.customer_id
    left join ordered
        on keys.store_id = ordered.store_id
        and keys.customer_id = ordered.customer_id
    left join spent
        on keys.store_id = spent.store_id
        and keys.customer_id = spent.customer_id
)

select * from final
