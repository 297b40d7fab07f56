{#- The figures of campaigns' days (`int_ad_facts__campaign_days`) added up; a figure that nobody
    reports stays null. -#}
{% macro channel_sums() -%}
    count(distinct {{ surrogate_key(['store_id', 'source', 'campaign_id']) }}) as campaigns_count,
    sum(impressions) as impressions,
    sum(clicks) as clicks,
    sum(spend) as spend,
    sum(conversions) as conversions,
    sum(revenue) as revenue,
    sum(engagements) as engagements,
    sum(engagement_impressions) as engagement_impressions,
    sum(video_views) as video_views,
    sum(video_impressions) as video_impressions
{%- endmacro %}
