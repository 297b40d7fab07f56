-- One row for each thing that was taken in exchange. A file's row about a Shopify return only tells
-- what was paid on top.
with

shopify as (
    select * from {{ ref('int_returns__exchanges_from_shopify') }}
),

file_exchanges as (
    select * from {{ ref('stg_files__exchanges') }}
),

headers as (
    select * from {{ ref('int_returns__headers') }}
),

shopify_returns as (
    select distinct
        store_id,
        return_id
    from shopify
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

-- Rows of the files have no key of their own.
numbered as (
    select
        *,
        {{ dbt.concat([
            'return_id', "'-'",
            'cast(row_number() over (partition by store_id, return_id order by '
            ~ by_text("coalesce(original_sku, '')") ~ ', ' ~ by_text("coalesce(exchange_sku, '')")
            ~ ', ' ~ by_text("coalesce(exchange_order_id, '')")
            ~ ', coalesce(additional_payment, 0)) as ' ~ dbt.type_string() ~ ')',
        ]) }} as exchange_id
    from file_exchanges
),

payments as (
    select
        store_id,
        return_id,
        exchange_sku,
        sum(additional_payment) as additional_payment
    from file_exchanges
    group by store_id, return_id, exchange_sku
),

unioned as (
    select
        shopify.store_id,
        shopify.exchange_id,
        shopify.return_id,
        shopify.original_sku,
        shopify.exchange_sku,
        shopify.exchange_order_id,
        shopify.quantity,
        payments.additional_payment
    from shopify
    left join payments
        on shopify.store_id = payments.store_id
        and shopify.return_id = payments.return_id
        and shopify.exchange_sku = payments.exchange_sku
    union all
    select
        file_exchanges.store_id,
        file_exchanges.exchange_id,
        file_exchanges.return_id,
        file_exchanges.original_sku,
        file_exchanges.exchange_sku,
        file_exchanges.exchange_order_id,
        cast(null as {{ dbt.type_bigint() }}) as quantity,
        file_exchanges.additional_payment
    from numbered as file_exchanges
    left join shopify_returns
        on file_exchanges.store_id = shopify_returns.store_id
        and file_exchanges.return_id = shopify_returns.return_id
    where shopify_returns.return_id is null
),

final as (
    select
        unioned.store_id,
        unioned.exchange_id,
        unioned.return_id,
        unioned.original_sku,
        unioned.exchange_sku,
        unioned.exchange_order_id,
        unioned.quantity,
        {{ decimal(
            'unioned.additional_payment * '
            ~ rate_to_reporting('headers.currency', 'stores.reporting_currency')
        ) }} as additional_payment,
        headers.return_date,
        headers.is_counted
    from unioned
    inner join headers
        on unioned.store_id = headers.store_id
        and unioned.return_id = headers.return_id
    inner join stores on unioned.store_id = stores.store_id
    {{ rate_join('headers.currency', 'stores.reporting_currency', 'headers.return_date') }}
)

select * from final
