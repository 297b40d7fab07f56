{#- CTEs from `range_days` to `metrics`: what each value of `key` (channel or campaign_id) sold by
    each model and what it cost, in each period. Spend stands beside every model, also where
    nothing was sold. -#}
{% macro attribution_metrics(key) -%}
{%- set by = ['store_id', 'model', key] -%}
{%- set measures = [
    'conversions', 'new_customers', 'revenue', 'cost_of_goods_sold', 'costed', 'spend',
] -%}
range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison
),

totals as (
    select store_id from {{ ref('core__stores') }}
    where is_total
),

models as (
    select * from {{ ref('int_attribution__models') }}
),

events as (
    select
        {{ by | join(', ') }},
        order_day as day,
        credit as conversions,
        case when is_new_customer then credit else 0 end as new_customers,
        revenue,
        cost_of_goods_sold,
        case when has_cost then credit else 0 end as costed,
        0 as spend
    from {{ ref('ads__attribution') }}
    where {{ key }} is not null
    union all
    select
        spend.store_id,
        models.model,
        spend.{{ key }},
        spend.day,
        0 as conversions,
        0 as new_customers,
        0 as revenue,
        0 as cost_of_goods_sold,
        0 as costed,
        spend.spend
    from {{ ref('int_attribution__spend') }} as spend
    inner join models on spend.store_id = models.store_id
    where spend.{{ key }} is not null
),

days as (
    select
        {{ by | join(', ') }},
        day,
        {% for measure in measures -%}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from events
    group by {{ by | join(', ') }}, day
),

{{ summed_over_ranges('attributed', 'days', by, measures) }},

metrics as (
    select
        attributed.store_id,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        attributed.model,
        attributed.{{ key }},
        cast(attributed.conversions as {{ type_ratio() }}) as conversions,
        cast(attributed.new_customers as {{ type_ratio() }}) as new_customers,
        {{ decimal('attributed.revenue') }} as revenue,
        {{ decimal('attributed.spend') }} as spend,
        {{ safe_divide('attributed.spend', 'attributed.conversions') }} as cost_per_acquisition,
        {{ safe_divide('attributed.spend', 'attributed.new_customers') }}
            as customer_acquisition_cost,
        {{ safe_divide('attributed.revenue', 'attributed.spend') }} as return_on_ad_spend,
        -- Where no cost of goods at all is known there is no profit to tell.
        {{ decimal(
            'case when attributed.costed > 0 or attributed.conversions = 0'
            ~ ' then attributed.revenue - attributed.cost_of_goods_sold - attributed.spend end'
        ) }} as profit,
        periods.is_complete
    from attributed_ranges as attributed
    inner join periods
        on attributed.range_start = periods.period_start
        and attributed.range_end = periods.elapsed_end
)
{%- endmacro %}
