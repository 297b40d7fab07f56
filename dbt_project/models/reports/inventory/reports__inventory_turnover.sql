-- How fast the stock of each store turned over in the last thirteen weeks, each week beside the one
-- before and the one 52 weeks before.
with

metrics as (
    select * from {{ ref('inventory__metrics') }}
),

periods as (
    select * from {{ ref('core__periods') }}
),

weeks as (
    select
        metrics.*,
        periods.previous_period_type,
        periods.previous_start,
        periods.last_year_period_type,
        periods.last_year_start
    from metrics
    inner join periods
        on metrics.period_type = periods.period_type
        and metrics.period_start = periods.period_start
    where
        metrics.period_type = 'week'
        and metrics.period_start > {{ add_days(-91, as_of_date()) }}
),

final as (
    select
        weeks.store_id,
        {{ as_of_date() }} as as_of_date,
        weeks.period_start as week_start,
        weeks.period_end as week_end,
        weeks.is_complete,
        weeks.days_elapsed,
        {{ rounded('weeks.inventory_turnover_ratio') }} as turnover_ratio,
        {{ rounded('weeks.inventory_turnover_annualized') }} as turnover_annualized,
        {{ rounded('week_before.inventory_turnover_annualized') }} as turnover_week_before,
        {{ rounded(change_pct(
            'weeks.inventory_turnover_annualized', 'week_before.inventory_turnover_annualized'
        )) }} as turnover_change_pct,
        {{ rounded('year_before.inventory_turnover_annualized') }} as turnover_last_year,
        {{ rounded(change_pct(
            'weeks.inventory_turnover_annualized', 'year_before.inventory_turnover_annualized'
        )) }} as turnover_vs_last_year_pct,
        {{ rounded('weeks.cost_of_goods_sold') }} as cost_of_goods_sold,
        {{ rounded('weeks.average_stock_value') }} as average_stock_value,
        weeks.units_sold,
        weeks.units_received,
        weeks.current_stock_quantity as closing_units,
        {{ rounded('weeks.days_of_inventory') }} as days_of_inventory,
        {{ rounded('weeks.sell_through_rate') }} as sell_through_rate,
        {{ rounded('weeks.inventory_velocity') }} as units_per_day,
        {{ rounded('weeks.stockout_rate') }} as stockout_rate
    from weeks
    left join metrics as week_before
        on weeks.store_id = week_before.store_id
        and weeks.previous_period_type = week_before.period_type
        and weeks.previous_start = week_before.period_start
    left join metrics as year_before
        on weeks.store_id = year_before.store_id
        and weeks.last_year_period_type = year_before.period_type
        and weeks.last_year_start = year_before.period_start
)

select * from final
