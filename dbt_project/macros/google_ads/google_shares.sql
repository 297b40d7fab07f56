{#- Shares of impressions in the shape of campaigns and keywords; only campaigns tell what was lost
    to the budget. -#}
{% macro google_shares(relation, lost_to_budget) -%}
    select
        store_id,
        account_id,
        campaign_id,
        ad_group_id,
        keyword,
        lower(match_type) as match_type,
        date,
        impressions,
        cast(search_impression_share as {{ type_ratio() }}) as impression_share,
        cast({{ lost_to_budget }} as {{ type_ratio() }}) as lost_to_budget,
        cast(search_rank_lost_impression_share as {{ type_ratio() }}) as lost_to_rank,
        cast(search_top_impression_share as {{ type_ratio() }}) as top_share,
        cast(search_absolute_top_impression_share as {{ type_ratio() }}) as absolute_top_share
    from {{ relation }}
{%- endmacro %}
