-- How many days after the order goods come back: a histogram. The rate of a bucket looks only at
-- orders that are old enough to have passed through it.
with

lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where has_line
),

numbers as (
    select cast(generated_number as integer) as bucket_number
    from (
        {{ dbt.generate_series(var('return_histogram_days') // var('return_bucket_days') + 1) }}
    ) as numbers
),

-- The last bucket has no end; number 0 is what has no known order, or an order after the return.
buckets as (
    select
        bucket_number,
        (bucket_number - 1) * {{ var('return_bucket_days') }} as first_day,
        case
            when bucket_number <= {{ var('return_histogram_days') // var('return_bucket_days') }}
                then bucket_number * {{ var('return_bucket_days') }} - 1
        end as last_day
    from numbers
    union all
    select
        0 as bucket_number,
        cast(null as integer) as first_day,
        cast(null as integer) as last_day
),

store_days as (
    select
        store_id,
        order_day,
        case when days_since_purchase >= 0 then days_since_purchase end as days_since_purchase,
        count(*) as returned_lines,
        sum(units) as returned_units,
        sum(refund_amount) as return_value
    from lines
    group by
        store_id,
        order_day,
        case when days_since_purchase >= 0 then days_since_purchase end
),

store_sold as (
    select
        store_id,
        day,
        sum(units) as units_sold
    from {{ ref('int_return_facts__sold') }}
    group by store_id, day
),

returned_days as (
    {{ plus_all_stores(
        'store_days',
        ['order_day', 'days_since_purchase'],
        ['returned_lines', 'returned_units', 'return_value'],
    ) }}
),

sold_days as (
    {{ plus_all_stores('store_sold', ['day'], ['units_sold']) }}
),

stores as (
    select
        store_id,
        sum(returned_units) as store_units,
        sum(case when days_since_purchase >= 0 then returned_units else 0 end) as dated_units,
        sum(days_since_purchase * returned_units) as unit_days
    from returned_days
    group by store_id
),

sold as (
    select
        sold_days.store_id,
        buckets.bucket_number,
        sum(sold_days.units_sold) as units_sold
    from sold_days
    inner join buckets
        on {{ dbt.datediff('sold_days.day', as_of_date(), 'day') }} >= buckets.last_day
    group by sold_days.store_id, buckets.bucket_number
),

returned as (
    select
        returned_days.store_id,
        buckets.bucket_number,
        sum(returned_days.returned_lines) as returned_lines,
        sum(returned_days.returned_units) as returned_units,
        sum(returned_days.return_value) as return_value,
        sum(
            case
                when
                    {{ dbt.datediff('returned_days.order_day', as_of_date(), 'day') }}
                    >= buckets.last_day
                    then returned_days.returned_units
                else 0
            end
        ) as mature_units
    from returned_days
    inner join buckets
        on (returned_days.days_since_purchase is null and buckets.bucket_number = 0)
        or (
            returned_days.days_since_purchase >= buckets.first_day
            and returned_days.days_since_purchase <= coalesce(buckets.last_day, 1000000)
        )
    group by returned_days.store_id, buckets.bucket_number
),

final as (
    select
        stores.store_id,
        buckets.bucket_number,
        buckets.first_day,
        buckets.last_day,
        {{ count_of('coalesce(returned.returned_lines, 0)') }} as returned_lines,
        {{ count_of('coalesce(returned.returned_units, 0)') }} as returned_units,
        {{ decimal('coalesce(returned.return_value, 0)') }} as return_value,
        {{ percent('coalesce(returned.returned_units, 0)', 'stores.store_units') }} as share_pct,
        cast(
            case when buckets.bucket_number > 0 then {{ percent(
                'sum(case when buckets.bucket_number > 0 then coalesce(returned.returned_units, 0) '
                ~ 'else 0 end) over (partition by stores.store_id order by buckets.bucket_number '
                ~ 'rows between unbounded preceding and current row)',
                'stores.dated_units',
            ) }} end as {{ type_ratio() }}
        ) as cumulative_pct,
        {{ count_of('sold.units_sold') }} as units_sold,
        {{ percent('coalesce(returned.mature_units, 0)', 'sold.units_sold') }} as return_rate,
        {{ safe_divide('stores.unit_days', 'stores.dated_units') }} as average_days_to_return
    from stores
    cross join buckets
    left join returned
        on stores.store_id = returned.store_id
        and buckets.bucket_number = returned.bucket_number
    left join sold
        on stores.store_id = sold.store_id
        and buckets.bucket_number = sold.bucket_number
)

select * from final
