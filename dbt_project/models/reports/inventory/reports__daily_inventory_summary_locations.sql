-- The run's day at each location.
with

flows as (
    select * from {{ ref('inventory__flow_daily') }}
    where warehouse_location <> 'all' and day = {{ as_of_date() }}
),

final as (
    select
        store_id,
        day as as_of_date,
        row_number() over (
            partition by store_id
            order by coalesce(stock_value, 0) desc, {{ by_text('warehouse_location') }}
        ) as value_rank,
        warehouse_location,
        opening_units,
        received_units as purchased_units,
        sold_units,
        returned_units,
        transferred_in_units,
        transferred_out_units,
        adjusted_up_units - adjusted_down_units as adjusted_units,
        closing_units,
        {{ rounded('stock_value') }} as stock_value,
        {{ rounded('stock_value_change') }} as stock_value_change,
        {{ rounded(percent('stock_value_change', 'stock_value - stock_value_change')) }}
            as stock_value_change_pct,
        {{ rounded(percent('stock_value', 'sum(stock_value) over (partition by store_id)')) }}
            as stock_value_pct
    from flows
)

select * from final
