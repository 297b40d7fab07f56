-- What the stock of each category is worth, beside the day, the week and thirty days before.
with

stock_daily as (
    select * from {{ ref('core__stock_daily') }}
    where
        day = {{ as_of_date() }}
        or day = {{ add_days(-1, as_of_date()) }}
        or day = {{ add_days(-7, as_of_date()) }}
        or day = {{ add_days(-30, as_of_date()) }}
),

products as (
    select * from {{ ref('core__products') }}
),

stock as (
    select
        stock_daily.store_id,
        coalesce(products.category, 'unknown') as category,
        {{ dbt.datediff('stock_daily.day', as_of_date(), 'day') }} as days_ago,
        stock_daily.opening,
        stock_daily.received,
        stock_daily.sold,
        stock_daily.closing,
        stock_daily.stock_value
    from stock_daily
    left join products
        on stock_daily.store_id = products.store_id
        and stock_daily.sku = products.sku
),

of_stores as (
    select * from stock
    union all
    select
        'all' as store_id,
        category,
        days_ago,
        opening,
        received,
        sold,
        closing,
        stock_value
    from stock
),

summed as (
    select
        store_id,
        category,
        sum(case when days_ago = 0 then opening else 0 end) as opening_units,
        sum(case when days_ago = 0 then received else 0 end) as purchased_units,
        -sum(case when days_ago = 0 then sold else 0 end) as sold_units,
        sum(case when days_ago = 0 then closing else 0 end) as closing_units,
        sum(case when days_ago = 0 then stock_value end) as stock_value,
        sum(case when days_ago = 1 then stock_value end) as stock_value_yesterday,
        sum(case when days_ago = 7 then stock_value end) as stock_value_last_week,
        sum(case when days_ago = 30 then stock_value end) as stock_value_30_days_ago
    from of_stores
    group by store_id, category
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by coalesce(stock_value, 0) desc, {{ by_text('category') }}
        ) as value_rank,
        category,
        {{ count_of('opening_units') }} as opening_units,
        {{ count_of('purchased_units') }} as purchased_units,
        {{ count_of('sold_units') }} as sold_units,
        {{ count_of('closing_units') }} as closing_units,
        {{ rounded('stock_value') }} as stock_value,
        {{ rounded(percent('stock_value', 'sum(stock_value) over (partition by store_id)')) }}
            as stock_value_pct,
        {{ rounded('stock_value_yesterday') }} as stock_value_yesterday,
        {{ rounded('stock_value - stock_value_yesterday') }} as stock_value_change,
        {{ rounded(change_pct('stock_value', 'stock_value_yesterday')) }}
            as stock_value_change_pct,
        {{ rounded(change_pct('stock_value', 'stock_value_last_week')) }}
            as stock_value_vs_last_week_pct,
        {{ rounded(change_pct('stock_value', 'stock_value_30_days_ago')) }}
            as stock_value_vs_30_days_ago_pct
    from summed
)

select * from final
