{#- CTEs from `entity_orders` to `facts`: what each entity of each store, and of all stores
    together, sold in each range of days. `keys` are the entity's columns; without keys the entity
    is the store itself, and its days without orders count as zero.

    entity_orders: store_id, keys, order_id, order_day, customer_id, first_order_day (the customer's
    first day in the store) and has_several_products.
    entity_sales: the additive measures by store_id, keys and order_day, of the same days. Where
    both are the orders they are read twice: two scans of a few columns cost less than one that is
    kept for two readers.

    Money stays out of the rows that are put in order, since sorting wide rows is what costs.
    Customers are counted without a distinct: an order counts in a range when its customer's order
    before it lies before the range. The facts of a single day are its own sums, those of a longer
    range are added up. A total is summed up only where there are several stores;
    `sales_metrics` copies the one store's figures otherwise. -#}
{% macro sales_facts(keys) -%}
{%- set by = ['store_id'] + keys -%}
{%- set counted = ['customers_count', 'new_customers'] -%}
{%- set order_measures = ['orders_count', 'several_product_orders'] + counted + [
    'first_orders', 'second_orders', 'lifespan_days',
] -%}
{%- set sale_measures = [
    'line_count', 'covered_line_count', 'costed_line_count', 'units', 'gross_sales', 'discounts',
    'revenue', 'cost_of_goods_sold',
] -%}
{%- set measures = order_measures + sale_measures -%}
{%- set sums = order_measures[:2] + sale_measures -%}
{%- set to_date = [
    'revenue_to_date', 'orders_to_date', 'customers_to_date', 'repeat_customers_to_date',
    'lifespan_days_to_date',
] -%}
range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

long_range_days as (
    select * from range_days
    where range_start < range_end
),

stores as (
    select * from {{ ref('core__stores') }}
),

totals as (
    select store_id from stores
    where is_total and store_count > 1
),

ordered as (
    select
        {{ by | join(', ') }},
        order_day,
        first_order_day,
        has_several_products,
        case when customer_id is not null then lag(order_day) over history end
            as previous_order_day,
        case when customer_id is not null then row_number() over history end as order_number
    from entity_orders
    window history as (
        partition by {{ by | join(', ') }}, customer_id order by order_day, order_id
    )
),

day_orders as (
    select
        {{ by | join(', ') }},
        order_day,
        count(*) as orders_count,
        {{ count_of('sum(case when has_several_products then 1 else 0 end)') }}
            as several_product_orders,
        {{ count_of(
            'sum(case when order_number is null then 0 '
            ~ 'when order_number = 1 or previous_order_day < order_day then 1 else 0 end)'
        ) }} as customers_count,
        {{ count_of(
            'sum(case when order_number is null then 0 '
            ~ 'when order_number > 1 and previous_order_day = order_day then 0 '
            ~ 'when first_order_day = order_day then 1 else 0 end)'
        ) }} as new_customers,
        {{ count_of('sum(case when order_number = 1 then 1 else 0 end)') }} as first_orders,
        {{ count_of('sum(case when order_number = 2 then 1 else 0 end)') }} as second_orders,
        {{ count_of(
            'sum(coalesce(' ~ dbt.datediff('previous_order_day', 'order_day', 'day') ~ ', 0))'
        ) }} as lifespan_days
    from ordered
    group by {{ by | join(', ') }}, order_day
),

day_sales as (
    select
        {{ by | join(', ') }},
        order_day,
        {{ count_of('sum(line_count)') }} as line_count,
        {{ count_of('sum(covered_line_count)') }} as covered_line_count,
        {{ count_of('sum(costed_line_count)') }} as costed_line_count,
        {{ count_of('sum(units)') }} as units,
        {{ decimal('sum(gross_sales)') }} as gross_sales,
        {{ decimal('sum(discounts)') }} as discounts,
        {{ decimal('sum(revenue)') }} as revenue,
        {{ decimal('sum(cost_of_goods_sold)') }} as cost_of_goods_sold
    from entity_sales
    group by {{ by | join(', ') }}, order_day
),

store_days as (
    select
        {% for column in by -%}
        day_orders.{{ column }},
        {% endfor -%}
        day_orders.order_day as day,
        {% for measure in order_measures -%}
        day_orders.{{ measure }},
        {% endfor -%}
        {% for measure in sale_measures -%}
        day_sales.{{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from day_orders
    inner join day_sales
        on day_orders.order_day = day_sales.order_day
        {%- for column in by %}
        and day_orders.{{ column }} = day_sales.{{ column }}
        {%- endfor %}
),

all_days as (
    select
        {{ (by + ['day'] + measures) | join(', ') }}
    from store_days
    union all
    select
        {{ (['totals.store_id'] + keys + ['day']) | join(', ') }},
        {% for measure in measures -%}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from store_days
    cross join totals
    group by {{ (['totals.store_id'] + keys + ['day']) | join(', ') }}
    {%- if not keys %}
    union all
    select
        stores.store_id,
        calendar.day,
        {{ (['0'] * measures | length) | join(', ') }}
    from stores
    inner join {{ ref('core__calendar') }} as calendar
        on calendar.day between stores.first_activity_date and {{ as_of_date() }}
    where not stores.is_total or stores.store_count > 1
    {%- endif %}
),

days as (
    {%- if keys %}
    select * from all_days
    {%- else %}
    select
        {{ (by + ['day']) | join(', ') }},
        {% for measure in measures -%}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from all_days
    group by {{ (by + ['day']) | join(', ') }}
    {%- endif %}
),

running as (
    select
        {{ (by + ['day'] + sums + counted) | join(', ') }},
        sum(revenue) over to_date as revenue_to_date,
        sum(orders_count) over to_date as orders_to_date,
        sum(first_orders) over to_date as customers_to_date,
        sum(second_orders) over to_date as repeat_customers_to_date,
        sum(lifespan_days) over to_date as lifespan_days_to_date
    from days
    window to_date as (
        partition by {{ by | join(', ') }} order by day
        rows between unbounded preceding and current row
    )
),

range_sums as (
    select
        {% for column in by -%}
        days.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end,
        max(days.day) as last_day,
        {% for measure in sums -%}
        sum(days.{{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from days
    inner join long_range_days as range_days on days.day = range_days.day
    group by
        {% for column in by -%}
        days.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end
),

customer_counts as (
    select
        {% for column in by -%}
        ordered.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end,
        count(*) as customers_count,
        sum(case when ordered.first_order_day >= range_days.range_start then 1 else 0 end)
            as new_customers
    from ordered
    inner join long_range_days as range_days on ordered.order_day = range_days.day
    where
        ordered.order_number = 1
        or ordered.previous_order_day < range_days.range_start
    group by
        {% for column in by -%}
        ordered.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end
),

customer_sums as (
    select * from customer_counts
    union all
    select
        {{ (['totals.store_id'] + keys) | join(', ') }},
        range_start,
        range_end,
        sum(customers_count) as customers_count,
        sum(new_customers) as new_customers
    from customer_counts
    cross join totals
    group by {{ (['totals.store_id'] + keys + ['range_start', 'range_end']) | join(', ') }}
),

facts as (
    select
        {% for column in by -%}
        range_sums.{{ column }},
        {% endfor -%}
        range_sums.range_start,
        range_sums.range_end,
        {% for measure in sums -%}
        range_sums.{{ measure }},
        {% endfor -%}
        coalesce(customer_sums.customers_count, 0) as customers_count,
        coalesce(customer_sums.new_customers, 0) as new_customers,
        {% for sum in to_date -%}
        running.{{ sum }}{{ ',' if not loop.last }}
        {% endfor %}
    from range_sums
    inner join running
        on range_sums.last_day = running.day
        {%- for column in by %}
        and range_sums.{{ column }} = running.{{ column }}
        {%- endfor %}
    left join customer_sums
        on range_sums.range_start = customer_sums.range_start
        and range_sums.range_end = customer_sums.range_end
        {%- for column in by %}
        and range_sums.{{ column }} = customer_sums.{{ column }}
        {%- endfor %}
    union all
    select
        {% for column in by -%}
        running.{{ column }},
        {% endfor -%}
        range_days.range_start,
        range_days.range_end,
        {% for column in sums + counted + to_date -%}
        running.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from running
    inner join range_days on running.day = range_days.day
    where range_days.range_start = range_days.range_end
)
{%- endmacro %}
