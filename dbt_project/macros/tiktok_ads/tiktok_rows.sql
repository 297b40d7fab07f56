{#- Rows of one of TikTok's reports in the shape of all of them. `keys` are the columns that the
    report has beside campaign and date, `told` the figures that it has. -#}
{% macro tiktok_rows(report, level, told, keys={}) -%}
    select
        '{{ report }}' as report,
        store_id,
        account_id,
        '{{ level }}' as level,
        campaign_id,
        {%- for name in tiktok_keys() %}
        cast({{ keys.get(name, 'null') }} as {{ dbt.type_string() }}) as {{ name }},
        {%- endfor %}
        cast({{ keys.get('hour', 'null') }} as {{ dbt.type_int() }}) as hour,
        currency,
        attribution_window,
        date,
        fetched_on,
        {%- for name in tiktok_figures() %}
        {%- set value = name if name in told else 'null' %}
        {%- set is_money = name.endswith(('spend', '_value')) %}
        {{ decimal(value) if is_money else count_of(value) }} as {{ name }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('stg_tiktok_ads__' ~ report) }}
{%- endmacro %}

{#- What a row may stand for below its campaign. -#}
{% macro tiktok_keys() -%}
    {{ return([
        'ad_group_id', 'ad_id', 'audience_type', 'audience', 'location', 'device_type', 'placement',
    ]) }}
{%- endmacro %}

{#- The figures of delivery, which all reports but GMV Max tell. -#}
{% macro tiktok_delivery() -%}
    {{ return([
        'spend', 'impressions', 'clicks', 'web_purchases', 'web_purchase_value', 'shop_purchases',
        'shop_purchase_value', 'app_purchases', 'app_purchase_value', 'web_add_to_carts',
        'shop_add_to_carts', 'app_add_to_carts',
    ]) }}
{%- endmacro %}

{#- The figures of attention, which reports by a trait of the audience do not tell. -#}
{% macro tiktok_attention() -%}
    {{ return([
        'video_plays', 'video_views_2s', 'engagements', 'web_view_purchases', 'app_view_purchases',
    ]) }}
{%- endmacro %}

{#- All figures, in the order that a union needs. -#}
{% macro tiktok_figures() -%}
    {{ return(tiktok_delivery() + tiktok_attention() + ['reach', 'orders', 'order_value']) }}
{%- endmacro %}

{#- The rows that tell this action: how often it was done, and its value. -#}
{% macro tiktok_actions(relation, action_type, quantity, value='null') -%}
    select
        row_key,
        '{{ action_type }}' as action_type,
        cast({{ quantity }} as {{ type_ratio() }}) as quantity,
        {{ decimal(value) }} as action_value
    from {{ relation }}
    where {{ quantity }} is not null
{%- endmacro %}
