-- The ads of every source with their creatives; those that only performance names are inferred.
{%- set sources = ['facebook_ads', 'tiktok_ads'] %}
with

known as (
    {% for source in sources -%}
    select
        store_id,
        platform,
        account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        ad_name,
        format,
        headline,
        body,
        call_to_action,
        landing_page,
        status,
        created_on,
        '{{ source }}' as source,
        false as is_inferred
    from {{ ref('int_' ~ source ~ '__ads') }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
),

seen as (
    select
        store_id,
        source,
        campaign_id,
        ad_group_id,
        ad_id,
        min(platform) as platform,
        min(account_id) as account_id
    from {{ ref('core__ad_performance') }}
    where not is_unallocated and ad_id is not null
    group by store_id, source, campaign_id, ad_group_id, ad_id
),

final as (
    select * from known
    union all
    select
        seen.store_id,
        seen.platform,
        seen.account_id,
        seen.campaign_id,
        seen.ad_group_id,
        seen.ad_id,
        cast(null as {{ dbt.type_string() }}) as ad_name,
        cast(null as {{ dbt.type_string() }}) as format,
        cast(null as {{ dbt.type_string() }}) as headline,
        cast(null as {{ dbt.type_string() }}) as body,
        cast(null as {{ dbt.type_string() }}) as call_to_action,
        cast(null as {{ dbt.type_string() }}) as landing_page,
        cast(null as {{ dbt.type_string() }}) as status,
        cast(null as date) as created_on,
        seen.source,
        true as is_inferred
    from seen
    left join known
        on seen.store_id = known.store_id
        and seen.source = known.source
        and seen.campaign_id = known.campaign_id
        and coalesce(seen.ad_group_id, '') = coalesce(known.ad_group_id, '')
        and seen.ad_id = known.ad_id
    where known.store_id is null
)

select * from final
