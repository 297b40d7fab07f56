with

{{ ads_metrics('search_term', ['platform', 'campaign_id', 'ad_group_id', 'search_term']) }}

select * from metrics
