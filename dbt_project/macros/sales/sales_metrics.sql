{#- CTEs from `entity_orders` to `store_metrics`: every sales metric of each entity in each period
    that it sold in, for stores and for the total of several. This is the one place where the
    ratios of sales are written. -#}
{% macro sales_metrics(keys) -%}
{{ sales_facts(keys) }},

periods as (
    select * from {{ ref('core__periods') }}
    {%- if keys %}
    where not is_comparison
    {%- endif %}
),

range_revenue as (
    select
        {{ (['store_id'] + keys + ['range_start', 'range_end', 'revenue']) | join(', ') }}
    from facts
),

store_revenue as (
    select
        store_id,
        range_start,
        range_end,
        sum(revenue) as revenue
    from facts
    group by store_id, range_start, range_end
),

compared as (
    select
        {% for column in ['store_id'] + keys -%}
        facts.{{ column }},
        {% endfor -%}
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.elapsed_end,
        periods.days_elapsed,
        periods.is_complete,
        facts.orders_count,
        facts.units,
        facts.gross_sales,
        facts.discounts,
        facts.revenue,
        facts.cost_of_goods_sold,
        facts.line_count,
        facts.covered_line_count,
        facts.costed_line_count,
        facts.several_product_orders,
        facts.customers_count,
        facts.new_customers,
        facts.revenue_to_date,
        facts.orders_to_date,
        facts.customers_to_date,
        facts.repeat_customers_to_date,
        facts.lifespan_days_to_date,
        {{ dbt.datediff('stores.first_order_date', 'periods.elapsed_end', 'day') }}
            as days_since_first_order,
        case
            when periods.previous_start >= stores.first_order_date
                then coalesce(previous.revenue, 0)
        end as previous_revenue,
        case
            when periods.last_year_start >= stores.first_order_date
                then coalesce(last_year.revenue, 0)
        end as last_year_revenue,
        store_revenue.revenue as store_revenue
    from periods
    inner join facts
        on periods.period_start = facts.range_start
        and periods.elapsed_end = facts.range_end
    inner join stores on facts.store_id = stores.store_id
    inner join store_revenue
        on facts.store_id = store_revenue.store_id
        and facts.range_start = store_revenue.range_start
        and facts.range_end = store_revenue.range_end
    left join range_revenue as previous
        on periods.previous_start = previous.range_start
        and periods.previous_end = previous.range_end
        {%- for column in ['store_id'] + keys %}
        and facts.{{ column }} = previous.{{ column }}
        {%- endfor %}
    left join range_revenue as last_year
        on periods.last_year_start = last_year.range_start
        and periods.last_year_end = last_year.range_end
        {%- for column in ['store_id'] + keys %}
        and facts.{{ column }} = last_year.{{ column }}
        {%- endfor %}
),

profits as (
    select
        *,
        -- Where no cost at all is known there is no profit to tell.
        case
            when costed_line_count > 0 or line_count = 0 then revenue - cost_of_goods_sold
        end as gross_profit
    from compared
),

store_metrics as (
    select
        {% for column in ['store_id'] + keys -%}
        {{ column }},
        {% endfor -%}
        period_type,
        period_start,
        period_end,
        elapsed_end,
        days_elapsed,
        is_complete,
        {{ decimal('revenue') }} as total_revenue,
        {{ decimal('gross_sales') }} as gross_sales,
        {{ decimal('discounts') }} as discounts,
        case when gross_profit is not null then {{ decimal('cost_of_goods_sold') }} end
            as cost_of_goods_sold,
        {{ decimal('gross_profit') }} as gross_profit,
        {{ percent('gross_profit', 'revenue') }} as gross_margin_pct,
        {{ percent('covered_line_count', 'line_count') }} as cost_coverage_pct,
        cast(orders_count as {{ dbt.type_bigint() }}) as orders_count,
        cast(units as {{ dbt.type_bigint() }}) as total_units_sold,
        cast(customers_count as {{ dbt.type_bigint() }}) as customers_count,
        {{ safe_divide('revenue', 'orders_count') }} as average_order_value,
        {{ safe_divide('revenue', 'customers_count') }} as revenue_per_customer,
        {{ safe_divide('units', 'orders_count') }} as items_per_order,
        {{ safe_divide('several_product_orders', 'orders_count') }} as cross_sell_rate,
        {{ percent('revenue', 'store_revenue') }} as revenue_contribution_pct,
        {{ safe_divide('units', 'days_elapsed') }} as sales_velocity,
        {{ change_pct('revenue', 'previous_revenue') }} as sales_growth_rate,
        {{ change_pct('revenue', 'last_year_revenue') }} as year_over_year_growth,
        cast(new_customers as {{ dbt.type_bigint() }}) as new_customers,
        cast(customers_count - new_customers as {{ dbt.type_bigint() }}) as returning_customers,
        {{ percent('new_customers', 'customers_count') }} as new_customers_pct,
        {{ percent('customers_count - new_customers', 'customers_count') }}
            as returning_customers_pct,
        {{ percent('repeat_customers_to_date', 'customers_to_date') }} as repeat_purchase_rate,
        {{ safe_divide('365.25 * orders_to_date', 'customers_to_date * days_since_first_order') }}
            as purchase_frequency,
        {{ safe_divide('lifespan_days_to_date', '365.25 * repeat_customers_to_date') }}
            as customer_lifespan_years,
        -- Order value x orders per customer and year x years: orders and the year's length cancel.
        {{ safe_divide(
            'revenue_to_date * lifespan_days_to_date',
            'customers_to_date * days_since_first_order * repeat_customers_to_date',
        ) }} as customer_lifetime_value
        {%- if keys %},
        row_number() over (
            partition by store_id, period_type, period_start
            order by revenue desc, {{ by_text(keys[0]) }}
        ) as revenue_rank,
        row_number() over (
            partition by store_id, period_type, period_start
            order by units desc, {{ by_text(keys[0]) }}
        ) as units_rank
        {%- endif %}
    from profits
)
{%- endmacro %}
