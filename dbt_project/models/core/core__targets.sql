with

targets as (
    select * from {{ ref('stg_files__targets') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select
        targets.store_id,
        targets.period_type,
        targets.period_start,
        {{ decimal(
            'targets.revenue_target * '
            ~ rate_to_reporting('stores.currency', 'stores.reporting_currency')
        ) }} as revenue_target,
        targets.orders_target
    from targets
    inner join stores on targets.store_id = stores.store_id
    {{ rate_join('stores.currency', 'stores.reporting_currency', 'targets.period_start') }}
)

select * from final
