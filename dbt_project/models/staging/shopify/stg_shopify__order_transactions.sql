with

source as (
    select * from {{ source('raw_shopify', 'order_transactions') }}
),

final as (
    select
        store_id,
        id as transaction_id,
        order_id,
        parent_id,
        kind,
        status,
        gateway,
        coalesce(is_test, false) as is_test,
        {{ utc('processed_at') }} as processed_at,
        {{ utc('created_at') }} as created_at,
        transaction_amount,
        transaction_presentment_amount,
        fee_amount,
        _dlt_load_id as load_id
    from source
)

select * from final
