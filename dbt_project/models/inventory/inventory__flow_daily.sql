-- Units that came in and went out of each location each day. Location `all` is the whole store:
-- what went from one of its locations to another is neither in nor out there.
with

stock_daily as (
    select * from {{ ref('core__stock_daily') }}
    where day <= {{ as_of_date() }}
),

sku_days as (
    select
        store_id,
        warehouse_location,
        day,
        opening,
        received,
        sold,
        returned,
        transferred,
        adjusted,
        closing,
        stock_value,
        is_reconstructed
    from stock_daily
    union all
    select
        store_id,
        'all' as warehouse_location,
        day,
        sum(opening) as opening,
        sum(received) as received,
        sum(sold) as sold,
        sum(returned) as returned,
        sum(transferred) as transferred,
        sum(adjusted) as adjusted,
        sum(closing) as closing,
        sum(stock_value) as stock_value,
        max(case when is_reconstructed then 1 else 0 end) = 1 as is_reconstructed
    from stock_daily
    group by store_id, sku, day
),

store_flows as (
    select
        store_id,
        warehouse_location,
        day,
        sum(opening) as opening_units,
        sum(received) as received_units,
        -sum(sold) as sold_units,
        sum(returned) as returned_units,
        sum(greatest(transferred, 0)) as transferred_in_units,
        -sum(least(transferred, 0)) as transferred_out_units,
        sum(greatest(adjusted, 0)) as adjusted_up_units,
        -sum(least(adjusted, 0)) as adjusted_down_units,
        sum(
            greatest(received, 0) + greatest(sold, 0) + greatest(returned, 0)
            + greatest(transferred, 0) + greatest(adjusted, 0)
        ) as units_in,
        -sum(
            least(received, 0) + least(sold, 0) + least(returned, 0)
            + least(transferred, 0) + least(adjusted, 0)
        ) as units_out,
        sum(closing) as closing_units,
        sum(stock_value) as stock_value,
        max(case when is_reconstructed then 1 else 0 end) as is_reconstructed
    from sku_days
    group by store_id, warehouse_location, day
),

flows as (
    select * from store_flows
    union all
    select
        'all' as store_id,
        'all' as warehouse_location,
        day,
        sum(opening_units) as opening_units,
        sum(received_units) as received_units,
        sum(sold_units) as sold_units,
        sum(returned_units) as returned_units,
        sum(transferred_in_units) as transferred_in_units,
        sum(transferred_out_units) as transferred_out_units,
        sum(adjusted_up_units) as adjusted_up_units,
        sum(adjusted_down_units) as adjusted_down_units,
        sum(units_in) as units_in,
        sum(units_out) as units_out,
        sum(closing_units) as closing_units,
        sum(stock_value) as stock_value,
        max(is_reconstructed) as is_reconstructed
    from store_flows
    where warehouse_location = 'all'
    group by day
),

final as (
    select
        store_id,
        warehouse_location,
        day,
        {{ count_of('opening_units') }} as opening_units,
        {{ count_of('received_units') }} as received_units,
        {{ count_of('sold_units') }} as sold_units,
        {{ count_of('returned_units') }} as returned_units,
        {{ count_of('transferred_in_units') }} as transferred_in_units,
        {{ count_of('transferred_out_units') }} as transferred_out_units,
        {{ count_of('adjusted_up_units') }} as adjusted_up_units,
        {{ count_of('adjusted_down_units') }} as adjusted_down_units,
        {{ count_of('units_in') }} as units_in,
        {{ count_of('units_out') }} as units_out,
        {{ count_of('closing_units') }} as closing_units,
        {{ decimal('stock_value') }} as stock_value,
        {{ decimal(
            'stock_value - '
            ~ 'lag(stock_value) over (partition by store_id, warehouse_location order by day)'
        ) }} as stock_value_change,
        is_reconstructed = 1 as is_reconstructed
    from flows
)

select * from final
