{#- The report rows that a source hands over, told apart by the source's name. -#}
{% macro ad_reports_of(source, relation) -%}
    select
        '{{ source }}' as source,
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
        is_partial
    from {{ relation }}
{%- endmacro %}

{#- The campaigns that a source hands over, told apart by the source's name. -#}
{% macro ad_campaigns_of(source, relation) -%}
    select
        '{{ source }}' as source,
        store_id,
        platform,
        account_id,
        campaign_id,
        campaign_name,
        campaign_type,
        objective,
        status,
        budget,
        start_date,
        end_date,
        currency,
        bidding
    from {{ relation }}
{%- endmacro %}
