{#- Rows of one of Google's reports in the shape of all of them. `keys` say by column what a row
    stands for below its campaign; `condition` keeps some of the rows. -#}
{% macro google_rows(report, level, keys={}, condition='true') -%}
    select
        {{ google_row_key(report) }} as row_key,
        '{{ report }}' as report,
        store_id,
        account_id,
        '{{ level }}' as level,
        date,
        campaign_id,
        {%- for name in google_keys() %}
        cast({{ keys.get(name, 'null') }} as {{ dbt.type_string() }}) as {{ name }},
        {%- endfor %}
        cast({{ keys.get('hour', 'null') }} as {{ dbt.type_int() }}) as hour,
        currency,
        attribution_window,
        fetched_on,
        impressions,
        clicks,
        spend,
        engagements,
        video_views,
        view_through_conversions
    from {{ ref('stg_google_ads__' ~ report) }}
    where {{ condition }}
{%- endmacro %}

{#- What a row may stand for below its campaign. -#}
{% macro google_keys() -%}
    {{ return([
        'ad_group_id', 'ad_id', 'keyword', 'match_type', 'search_term', 'audience_type', 'audience',
        'country_id', 'device_type', 'placement',
    ]) }}
{%- endmacro %}

{#- What tells a report's rows apart; its conversions have the same columns. -#}
{% macro google_row_key(report) -%}
    {%- set own = {
        'ad_daily': ['ad_group_id', 'ad_id'],
        'keyword_daily': ['ad_group_id', 'criterion_id'],
        'search_term_daily': ['ad_group_id', 'search_term'],
        'demographic_daily': ['ad_group_id', 'demographic', 'value'],
        'location_daily': ['country_id'],
        'segment_daily': ['segment', 'value'],
    } -%}
    {{ surrogate_key(
        ["'" ~ report ~ "'", 'store_id', 'account_id', 'campaign_id', 'date', 'fetched_on']
        + own.get(report, [])
    ) }}
{%- endmacro %}
