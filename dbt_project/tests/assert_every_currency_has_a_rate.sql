-- A row is a currency in use that no exchange rate leads from to the reporting currency: without
-- one its amounts would be missing from every sum. It is turned into an error, which names it in
-- the log, by a cast that cannot work.
with

stores as (
    select * from {{ ref('int_stores__settings') }}
),

orders as (
    select * from {{ ref('core__orders') }}
),

ad_performance as (
    select * from {{ ref('core__ad_performance') }}
),

ad_campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

rates as (
    select distinct
        from_currency,
        to_currency
    from {{ ref('core__exchange_rates') }}
),

used as (
    select
        store_id,
        currency
    from stores
    union distinct
    select
        store_id,
        currency
    from orders
    union distinct
    select
        store_id,
        currency
    from ad_performance
    union distinct
    select
        store_id,
        currency
    from ad_campaigns
),

without_rate as (
    select distinct
        used.currency,
        stores.reporting_currency
    from used
    inner join stores on used.store_id = stores.store_id
    left join rates
        on used.currency = rates.from_currency
        and stores.reporting_currency = rates.to_currency
    where used.currency <> stores.reporting_currency and rates.from_currency is null
),

final as (
    select
        cast({{ dbt.concat([
            "'No exchange rate leads from '", 'currency', "' to '", 'reporting_currency',
            "'; add one to exchange_rates.csv.'",
        ]) }} as {{ dbt.type_int() }}) as problem
    from without_rate
)

select * from final
