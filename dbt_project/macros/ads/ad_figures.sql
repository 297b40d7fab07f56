{#- The figures of a report row, in the order in which every model has them. -#}
{% macro ad_figures() -%}
    {{ return([
        'impressions', 'clicks', 'spend', 'conversions', 'revenue', 'video_views', 'engagements',
        'add_to_carts', 'reach', 'view_through_conversions',
    ]) }}
{%- endmacro %}

{#- The sums of the figures; a figure that no row reports stays null. `reach` counts people, so a
    platform whose rows may tell of the same ones gives its own expression. -#}
{% macro summed_ad_figures(reach='sum(reach)') -%}
    {{ count_of('sum(impressions)') }} as impressions,
    {{ count_of('sum(clicks)') }} as clicks,
    {{ decimal('sum(spend)') }} as spend,
    cast(sum(conversions) as {{ type_ratio() }}) as conversions,
    {{ decimal('sum(revenue)') }} as revenue,
    {{ count_of('sum(video_views)') }} as video_views,
    {{ count_of('sum(engagements)') }} as engagements,
    cast(sum(add_to_carts) as {{ type_ratio() }}) as add_to_carts,
    {{ count_of(reach) }} as reach,
    cast(sum(view_through_conversions) as {{ type_ratio() }}) as view_through_conversions
{%- endmacro %}

{#- What is left of a campaign's figures when those of its rows at a lower level are taken off; null
    where the level never tells the figure (`reported` counts how often it does). -#}
{% macro rest_of_ad_figures(campaigns, children, reported) -%}
    {%- for figure in ad_figures() + ['spend_original', 'revenue_original'] %}
    {%- if figure == 'reach' %}
        cast(null as {{ dbt.type_bigint() }}) as reach
    {%- else %}
        cast(
            case
                when {{ reported }}.{{ figure }} > 0
                    then {{ campaigns }}.{{ figure }} - coalesce({{ children }}.{{ figure }}, 0)
            end as {{ ad_figure_type(figure) }}
        ) as {{ figure }}
    {%- endif %}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- The type of a figure: money, a count, or what may be a fraction. -#}
{% macro ad_figure_type(figure) -%}
    {%- if figure in ['spend', 'revenue', 'spend_original', 'revenue_original'] -%}
    {{ dbt.type_numeric() }}
    {%- elif figure in ['conversions', 'add_to_carts', 'view_through_conversions'] -%}
    {{ type_ratio() }}
    {%- else -%}
    {{ dbt.type_bigint() }}
    {%- endif -%}
{%- endmacro %}

{#- How many rows tell each figure. -#}
{% macro counted_ad_figures() -%}
    {%- for figure in ad_figures() + ['spend_original', 'revenue_original'] -%}
    count({{ figure }}) as {{ figure }}{{ ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- The columns of a report row, in the order that a union needs. -#}
{% macro allocated_ad_rows(cte, is_unallocated) -%}
    select
        source,
        store_id,
        platform,
        account_id,
        level,
        date,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword,
        match_type,
        search_term,
        audience_type,
        audience,
        location,
        device_type,
        placement,
        hour,
        currency,
        attribution_window,
        {{ ad_figures() | join(',\n        ') }},
        spend_original,
        revenue_original,
        is_partial,
        {{ is_unallocated }} as is_unallocated
    from {{ cte }}
{%- endmacro %}
