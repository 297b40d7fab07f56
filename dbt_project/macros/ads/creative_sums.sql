{#- The sums of creatives (`int_ad_facts__creatives`) by some columns: of each platform, of all
    platforms together, and both of all stores together. An ad on two platforms is one ad. -#}
{% macro creative_sums(cte, keys) -%}
{%- set measures = [
    'ads_count', 'impressions', 'clicks', 'spend', 'settled_clicks', 'settled_spend',
    'conversions', 'revenue',
] -%}
creatives_by_platform as (
    {%- for platform in ['platform', "'all'"] %}
    select
        store_id,
        {{ platform }} as platform,
        {{ keys | join(',\n        ') }},
        count(distinct ad_key) as ads_count,
        {% for measure in measures[1:] -%}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ cte }}
    group by store_id, {{ (['platform'] if loop.first else []) | join }}{{ ', ' if loop.first }}
        {{- keys | join(', ') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

creative_sums as (
    {{ plus_all_stores('creatives_by_platform', ['platform'] + keys, measures) }}
)
{%- endmacro %}

{#- CTE `indexed`: rates of `creative_sums`, and each with that of all rows of its group as 100.
    Conversions are held against the clicks and the spend of the settled days that they belong
    to. -#}
{% macro creative_rates(group) -%}
{%- set window = 'over (partition by ' ~ group | join(', ') ~ ')' -%}
rated as (
    select
        *,
        {{ percent('clicks', 'impressions') }} as click_through_rate,
        {{ percent('conversions', 'settled_clicks') }} as conversion_rate,
        {{ safe_divide('revenue', 'settled_spend') }} as return_on_ad_spend,
        {% for measure in [
            'impressions', 'clicks', 'settled_clicks', 'settled_spend', 'conversions', 'revenue',
        ] -%}
        sum({{ measure }}) {{ window }} as all_{{ measure }},
        {% endfor -%}
        {{ percent('spend', 'sum(spend) ' ~ window) }} as spend_share_pct,
        {{ has_enough_clicks('impressions', 'clicks') }} as has_enough_data
    from creative_sums
),

indexed as (
    select
        *,
        {{ index_of('clicks', 'impressions', 'all_clicks', 'all_impressions') }} as ctr_index,
        {{ index_of('conversions', 'settled_clicks', 'all_conversions', 'all_settled_clicks') }}
            as conversion_rate_index,
        {{ index_of('revenue', 'settled_spend', 'all_revenue', 'all_settled_spend') }} as roas_index
    from rated
)
{%- endmacro %}
