-- The ad accounts that are landed by API.
{%- set sources = ['facebook_ads', 'tiktok_ads'] %}
with

final as (
    {% for source in sources -%}
    select
        store_id,
        platform,
        account_id,
        account_name,
        currency,
        time_zone,
        status,
        last_fetched_on,
        '{{ source }}' as source
    from {{ ref('int_' ~ source ~ '__accounts') }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
)

select * from final
