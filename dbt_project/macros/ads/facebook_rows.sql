{#- What tells one row of Meta's reports from another; a column that a report lacks is empty. -#}
{% macro facebook_row_key(report, publisher, part, has_ads) -%}
    '{{ report }}' as report,
        store_id,
        account_id,
        date,
        fetched_on,
        campaign_id,
        {{ 'ad_group_id' if has_ads else "''" }} as ad_group_id,
        {{ 'ad_id' if has_ads else "''" }} as ad_id,
        {{ "coalesce(publisher_platform, '')" if publisher else "''" }} as publisher_platform,
        {{ part }} as part,
        {{ surrogate_key([
            "'" ~ report ~ "'", 'store_id', 'account_id', 'date', 'fetched_on', 'campaign_id',
            'ad_id' if has_ads else "''",
            "coalesce(publisher_platform, '')" if publisher else "''", part,
        ]) }} as row_id
{%- endmacro %}

{#- Rows of one of Meta's reports, in the columns that all reports share. -#}
{% macro facebook_rows(report, relation, publisher=false, part="''", has_ads=false) -%}
    select
        {{ facebook_row_key(report, publisher, part, has_ads) }},
        currency,
        attribution_window,
        impressions,
        clicks,
        spend,
        reach
    from {{ relation }}
{%- endmacro %}

{#- What people did, of one of Meta's reports, in the columns that all reports share: by the ad
    set's own window, and within a day after a view. -#}
{% macro facebook_actions(report, relation, publisher=false, part="''", has_ads=false) -%}
    select
        {{ facebook_row_key(report, publisher, part, has_ads) }},
        action_type,
        action_window,
        quantity,
        value
    from {{ relation }}
    where action_window in ('default', '1d_view')
{%- endmacro %}

{#- A figure that Meta tells where the condition holds; what it does not list is none then. -#}
{% macro told_by_facebook(figure, condition) -%}
    {{ decimal("case when " ~ condition ~ " then coalesce(figures." ~ figure ~ ", 0) end") }}
        as {{ figure }}
{%- endmacro %}
