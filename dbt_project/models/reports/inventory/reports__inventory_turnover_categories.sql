-- How fast the stock of each category turned over in each of the last thirteen months. Turnover is
-- put as if it went on for a year, so that a month that is not over compares with whole ones.
with

months as (
    select * from {{ ref('inventory__metrics_by_category') }}
    where period_type = 'month'
),

final as (
    select
        months.store_id,
        {{ as_of_date() }} as as_of_date,
        months.period_start as month_start,
        row_number() over (
            partition by months.store_id, months.period_start
            order by
                coalesce(months.inventory_turnover_annualized, -1) desc,
                {{ by_text('months.category') }}
        ) as turnover_rank,
        months.category,
        months.is_complete,
        {{ rounded('months.inventory_turnover_ratio') }} as turnover_ratio,
        {{ rounded('months.inventory_turnover_annualized') }} as turnover_annualized,
        {{ rounded('month_before.inventory_turnover_annualized') }} as turnover_month_before,
        {{ rounded(change_pct(
            'months.inventory_turnover_annualized', 'month_before.inventory_turnover_annualized'
        )) }} as turnover_change_pct,
        {{ rounded('year_before.inventory_turnover_annualized') }} as turnover_last_year,
        {{ rounded(change_pct(
            'months.inventory_turnover_annualized', 'year_before.inventory_turnover_annualized'
        )) }} as turnover_vs_last_year_pct,
        {{ rounded('months.cost_of_goods_sold') }} as cost_of_goods_sold,
        {{ rounded('months.average_stock_value') }} as average_stock_value,
        months.units_sold,
        {{ rounded('months.days_of_inventory') }} as days_of_inventory,
        {{ rounded('months.sell_through_rate') }} as sell_through_rate
    from months
    left join months as month_before
        on months.store_id = month_before.store_id
        and months.category = month_before.category
        and month_before.period_start = {{ add_months(-1, 'months.period_start') }}
    left join months as year_before
        on months.store_id = year_before.store_id
        and months.category = year_before.category
        and year_before.period_start = {{ add_months(-12, 'months.period_start') }}
    where
        months.period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
)

select * from final
