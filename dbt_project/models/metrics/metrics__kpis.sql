-- Every store-level metric in every period, with the period before and the same period last year.
-- A comparison is null where its days are not wholly in the data.
with

periods as (
    select * from {{ ref('core__periods') }}
),

stores as (
    select * from {{ ref('core__stores') }}
),

metric_values as (
    select * from {{ ref('metrics__ads_values') }}
    union all
    select * from {{ ref('metrics__inventory_values') }}
    union all
    select * from {{ ref('metrics__returns_values') }}
    union all
    select * from {{ ref('metrics__sales_values') }}
),

compared as (
    select
        current_values.metric_id,
        current_values.store_id,
        current_values.period_type,
        current_values.period_start,
        periods.period_end,
        current_values.value,
        case when periods.previous_start >= stores.first_order_date then previous_values.value end
            as previous_value,
        case when periods.last_year_start >= stores.first_order_date then last_year_values.value end
            as last_year_value
    from metric_values as current_values
    inner join periods
        on current_values.period_type = periods.period_type
        and current_values.period_start = periods.period_start
    inner join stores on current_values.store_id = stores.store_id
    left join metric_values as previous_values
        on current_values.metric_id = previous_values.metric_id
        and current_values.store_id = previous_values.store_id
        and periods.previous_period_type = previous_values.period_type
        and periods.previous_start = previous_values.period_start
    left join metric_values as last_year_values
        on current_values.metric_id = last_year_values.metric_id
        and current_values.store_id = last_year_values.store_id
        and periods.last_year_period_type = last_year_values.period_type
        and periods.last_year_start = last_year_values.period_start
    where not periods.is_comparison
),

final as (
    select
        metric_id,
        store_id,
        period_type,
        period_start,
        period_end,
        cast(value as {{ type_ratio() }}) as value,
        cast(previous_value as {{ type_ratio() }}) as previous_value,
        {{ change_pct('value', 'previous_value') }} as change_pct,
        cast(last_year_value as {{ type_ratio() }}) as last_year_value,
        {{ change_pct('value', 'last_year_value') }} as yoy_pct
    from compared
)

select * from final
