{#- Rows of `store_metrics` and, since the total of a single store is that store, a copy of them as
    `all`; a total of several stores is there already. -#}
{% macro sales_metrics_and_total(keys) -%}
{%- set columns = keys + [
    'period_type', 'period_start', 'period_end', 'elapsed_end', 'days_elapsed', 'is_complete',
    'total_revenue', 'gross_sales', 'discounts', 'cost_of_goods_sold', 'gross_profit',
    'gross_margin_pct', 'cost_coverage_pct', 'orders_count', 'total_units_sold', 'customers_count',
    'average_order_value', 'revenue_per_customer', 'items_per_order', 'cross_sell_rate',
    'revenue_contribution_pct', 'sales_velocity', 'sales_growth_rate', 'year_over_year_growth',
    'new_customers', 'returning_customers', 'new_customers_pct', 'returning_customers_pct',
    'repeat_purchase_rate', 'purchase_frequency', 'customer_lifespan_years',
    'customer_lifetime_value',
] + (['revenue_rank', 'units_rank'] if keys else []) -%}
    select * from store_metrics
    union all
    select
        stores.store_id,
        {% for column in columns -%}
        store_metrics.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from store_metrics
    cross join stores
    where stores.is_total and stores.store_count = 1
{%- endmacro %}
