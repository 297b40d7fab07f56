{#- What a source hands over, told apart by the source's name: columns as each kind of thing has
    them, so that sources stand one below the other. -#}
{% macro ad_rows_of(source, relation, columns) -%}
    select
        '{{ source }}' as source,
        {{ columns | join(',\n        ') }}
    from {{ relation }}
{%- endmacro %}

{% macro ad_reports_of(source, relation) -%}
    {{ ad_rows_of(source, relation, [
        'store_id', 'platform', 'account_id', 'level', 'date', 'campaign_id', 'ad_group_id',
        'ad_id', 'keyword', 'match_type', 'search_term', 'audience_type', 'audience', 'location',
        'device_type', 'placement', 'hour', 'currency', 'attribution_window',
    ] + ad_figures() + ['is_partial']) }}
{%- endmacro %}

{% macro ad_history_of(source, relation) -%}
    {{ ad_rows_of(source, relation, [
        'store_id', 'account_id', 'campaign_id', 'date', 'fetched_on', 'currency', 'spend',
        'clicks', 'conversions', 'revenue',
    ]) }}
{%- endmacro %}

{% macro ad_accounts_of(source, relation) -%}
    {{ ad_rows_of(source, relation, [
        'store_id', 'platform', 'account_id', 'account_name', 'currency', 'time_zone', 'status',
        'last_fetched_on',
    ]) }}
{%- endmacro %}

{% macro ad_campaigns_of(source, relation) -%}
    {{ ad_rows_of(source, relation, [
        'store_id', 'platform', 'account_id', 'campaign_id', 'campaign_name', 'campaign_type',
        'objective', 'status', 'budget', 'start_date', 'end_date', 'currency', 'bidding',
    ]) }}
{%- endmacro %}

{% macro ad_groups_of(source, relation) -%}
    {{ ad_rows_of(source, relation, [
        'store_id', 'platform', 'account_id', 'campaign_id', 'ad_group_id', 'ad_group_name',
        'status', 'targeting',
    ]) }}
{%- endmacro %}

{% macro ads_of(source, relation) -%}
    {{ ad_rows_of(source, relation, [
        'store_id', 'platform', 'account_id', 'campaign_id', 'ad_group_id', 'ad_id', 'ad_name',
        'format', 'headline', 'body', 'call_to_action', 'landing_page', 'status', 'created_on',
    ]) }}
{%- endmacro %}

{% macro ad_keywords_of(source, relation) -%}
    {{ ad_rows_of(source, relation, [
        'store_id', 'platform', 'account_id', 'campaign_id', 'ad_group_id', 'keyword', 'match_type',
        'status', 'bid', 'quality_score',
    ]) }}
{%- endmacro %}
