with

source as (
    select * from {{ source('raw_shopify', 'customers') }}
),

final as (
    select
        store_id,
        id as customer_id,
        first_name,
        last_name,
        display_name,
        lower(trim(email)) as email,
        phone,
        state,
        tags,
        city,
        province,
        country_code as country,
        order_count,
        amount_spent_amount,
        amount_spent_currency,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        _dlt_load_id as load_id
    from source
)

select * from final
