-- A row is a day from a store's first order to the run that sales.metrics leaves out.
with

stores as (
    select * from {{ ref('core__stores') }}
),

calendar as (
    select * from {{ ref('core__calendar') }}
),

metrics as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day'
),

final as (
    select
        stores.store_id,
        calendar.day
    from stores
    inner join calendar
        on calendar.day between stores.first_order_date and {{ as_of_date() }}
    left join metrics
        on stores.store_id = metrics.store_id
        and calendar.day = metrics.period_start
    where metrics.store_id is null
)

select * from final
