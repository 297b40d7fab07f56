-- The ad groups (Meta: ad sets) of every source; those that only performance names are inferred.
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
        ad_group_name,
        targeting,
        status,
        '{{ source }}' as source,
        false as is_inferred
    from {{ ref('int_' ~ source ~ '__ad_groups') }}
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
        min(platform) as platform,
        min(account_id) as account_id
    from {{ ref('core__ad_performance') }}
    where not is_unallocated and ad_group_id is not null
    group by store_id, source, campaign_id, ad_group_id
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
        cast(null as {{ dbt.type_string() }}) as ad_group_name,
        cast(null as {{ dbt.type_string() }}) as targeting,
        cast(null as {{ dbt.type_string() }}) as status,
        seen.source,
        true as is_inferred
    from seen
    left join known
        on seen.store_id = known.store_id
        and seen.source = known.source
        and seen.campaign_id = known.campaign_id
        and seen.ad_group_id = known.ad_group_id
    where known.store_id is null
)

select * from final
