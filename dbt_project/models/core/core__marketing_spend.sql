-- What was spent on marketing, day by day: the ad platforms, and expenses outside them.
with

ad_performance as (
    select * from {{ ref('core__ad_performance') }}
),

marketing_expenses as (
    select * from {{ ref('stg_files__marketing_expenses') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

expenses as (
    select
        marketing_expenses.store_id,
        marketing_expenses.expense_date,
        marketing_expenses.amount,
        stores.currency,
        stores.reporting_currency
    from marketing_expenses
    inner join stores on marketing_expenses.store_id = stores.store_id
),

unioned as (
    select
        store_id,
        'ads' as kind,
        date as spend_date,
        spend as amount
    from ad_performance
    union all
    select
        expenses.store_id,
        'other' as kind,
        expenses.expense_date as spend_date,
        expenses.amount
        * {{ rate_to_reporting('expenses.currency', 'expenses.reporting_currency') }} as amount
    from expenses
    {{ rate_join('expenses.currency', 'expenses.reporting_currency', 'expenses.expense_date') }}
),

final as (
    select
        store_id,
        kind,
        spend_date,
        {{ decimal('sum(amount)') }} as amount
    from unioned
    group by store_id, kind, spend_date
)

select * from final
