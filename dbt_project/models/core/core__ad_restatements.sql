-- What a platform told of a campaign's day each time that the day was fetched.
with

history as (
    select * from {{ ref('int_ads__history') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

owned as (
    select
        history.*,
        coalesce(history.currency, stores.currency) as own_currency,
        stores.reporting_currency
    from history
    inner join stores on history.store_id = stores.store_id
),

rated as (
    select
        owned.*,
        {{ rate_to_reporting('owned.own_currency', 'owned.reporting_currency') }} as rate
    from owned
    {{ rate_join('owned.own_currency', 'owned.reporting_currency', 'owned.date') }}
),

final as (
    select
        store_id,
        source as platform_source,
        account_id,
        campaign_id,
        date,
        fetched_on,
        {{ dbt.datediff('date', 'fetched_on', 'day') }} as age_days,
        {{ decimal('sum(' ~ at_rate('spend', 'rate') ~ ')') }} as spend,
        {{ count_of('sum(clicks)') }} as clicks,
        cast(sum(conversions) as {{ type_ratio() }}) as conversions,
        {{ decimal('sum(' ~ at_rate('revenue', 'rate') ~ ')') }} as revenue
    from rated
    group by store_id, source, account_id, campaign_id, date, fetched_on
)

select * from final
