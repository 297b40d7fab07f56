-- What was spent on marketing, day by day: the ad platforms, and expenses outside them.
with

ad_performance as (
    select * from {{ ref('stg_files__ad_performance') }}
),

ad_campaigns as (
    select * from {{ ref('stg_files__ad_campaigns') }}
),

marketing_expenses as (
    select * from {{ ref('stg_files__marketing_expenses') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

campaign_currencies as (
    select
        store_id,
        campaign_id,
        min(currency) as currency
    from ad_campaigns
    group by store_id, campaign_id
),

unioned as (
    select
        ad_performance.store_id,
        'ads' as kind,
        ad_performance.date as spend_date,
        coalesce(ad_performance.currency, campaign_currencies.currency) as currency,
        ad_performance.spend as amount
    from ad_performance
    left join campaign_currencies
        on ad_performance.store_id = campaign_currencies.store_id
        and ad_performance.campaign_id = campaign_currencies.campaign_id
    union all
    select
        store_id,
        'other' as kind,
        expense_date as spend_date,
        null as currency,
        amount
    from marketing_expenses
),

owned as (
    select
        unioned.store_id,
        unioned.kind,
        unioned.spend_date,
        coalesce(unioned.currency, stores.currency) as currency,
        stores.reporting_currency,
        unioned.amount
    from unioned
    inner join stores on unioned.store_id = stores.store_id
),

final as (
    select
        owned.store_id,
        owned.kind,
        owned.spend_date,
        {{ decimal(
            'sum(owned.amount * '
            ~ rate_to_reporting('owned.currency', 'owned.reporting_currency')
            ~ ')'
        ) }} as amount
    from owned
    {{ rate_join('owned.currency', 'owned.reporting_currency', 'owned.spend_date') }}
    group by owned.store_id, owned.kind, owned.spend_date
)

select * from final
