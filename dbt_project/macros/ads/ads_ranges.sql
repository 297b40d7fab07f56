{#- CTEs to `ad_ranges`: what the ads of each entity of each store, and of all stores together, did
    in each range of days. A figure that nobody reports is null, not zero. -#}
{% macro ads_ranges(level, keys, has_budget) -%}
{%- set by = ['store_id'] + keys -%}
{%- set figures = [
    'impressions', 'clicks', 'spend', 'conversions', 'revenue', 'view_through_conversions',
    'engagements', 'engagement_impressions', 'video_views', 'video_impressions', 'add_to_carts',
    'cart_clicks',
] -%}
{%- set visits = [
    'sessions', 'single_page_sessions', 'paid_sessions', 'paid_single_page_sessions',
] if not keys else [] -%}
{%- set measures = ['row_count'] + figures + (['budget'] if has_budget else []) + visits -%}
{%- set always = ['row_count', 'impressions', 'clicks', 'spend'] + (
    ['conversions', 'revenue'] if level == 'campaign' else []
) -%}
range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

stores as (
    select * from {{ ref('core__stores') }}
),

totals as (
    select store_id from stores
    where is_total
),

report_rows as (
    select * from {{ ref('int_ad_facts__rows') }}
    where level = '{{ level }}'
),

ad_days as (
    select
        {{ (by + ['day']) | join(', ') }},
        count(*) as row_count,
        {% for figure in figures -%}
        {%- if figure in always -%}
        coalesce(sum({{ figure }}), 0) as {{ figure }}{{ ',' if not loop.last }}
        {% else -%}
        sum({{ figure }}) as {{ figure }}{{ ',' if not loop.last }}
        {% endif -%}
        {%- endfor -%}
        {%- if has_budget %}, cast(null as {{ dbt.type_numeric() }}) as budget{% endif %}
        {%- for visit in visits %}, 0 as {{ visit }}{% endfor %}
    from report_rows
    {%- if keys %}
    where {{ keys | join(' is not null and ') }} is not null
    {%- endif %}
    group by {{ (by + ['day']) | join(', ') }}
    {%- if has_budget %}
    union all
    select
        {{ (by + ['day']) | join(', ') }},
        {% for measure in measures if measure not in ['budget'] + visits -%}
        {{ '0' if measure in always else 'null' }},
        {% endfor -%}
        sum(budget) as budget
        {%- for visit in visits %}, 0 as {{ visit }}{% endfor %}
    from {{ ref('int_ad_facts__budgets') }}
    group by {{ (by + ['day']) | join(', ') }}
    {%- endif %}
    {%- if not keys %}
    union all
    select
        store_id,
        day,
        {% for measure in measures if measure not in visits -%}
        {{ '0' if measure in always else 'null' }},
        {% endfor -%}
        {{ visits | join(', ') }}
    from {{ ref('int_ad_facts__session_days') }}
    union all
    select
        stores.store_id,
        calendar.day,
        1 as row_count,
        {% for measure in measures[1:] -%}
        {{ '0' if measure in always + visits else 'null' }}{{ ',' if not loop.last }}
        {% endfor %}
    from stores
    inner join {{ ref('core__calendar') }} as calendar
        on calendar.day between stores.first_activity_date and {{ as_of_date() }}
    where not stores.is_total
    {%- endif %}
),

{{ summed_over_ranges('ad', 'ad_days', by, measures) }}
{%- endmacro %}
