{#- What the rows of one of Amazon's reports cost; the keys that it lacks are null. -#}
{% macro amazon_costs(
    level, relation, has_ads=false, has_keywords=false, search_term='null', placement='null',
    video_views='null'
) -%}
    {%- set text = dbt.type_string() -%}
    select
        '{{ level }}' as level,
        store_id,
        account_id,
        report,
        date,
        fetched_on,
        campaign_id,
        cast({{ 'ad_group_id' if has_ads or has_keywords else 'null' }} as {{ text }})
            as ad_group_id,
        cast({{ 'ad_id' if has_ads else 'null' }} as {{ text }}) as ad_id,
        cast({{ 'keyword_id' if has_keywords else 'null' }} as {{ text }}) as keyword_id,
        cast({{ search_term }} as {{ text }}) as search_term,
        cast({{ placement }} as {{ text }}) as placement,
        cast({{ 'keyword' if has_keywords else 'null' }} as {{ text }}) as keyword,
        cast({{ 'match_type' if has_keywords else 'null' }} as {{ text }}) as match_type,
        currency,
        impressions,
        clicks,
        spend,
        cast({{ video_views }} as {{ dbt.type_bigint() }}) as video_views
    from {{ relation }}
{%- endmacro %}
