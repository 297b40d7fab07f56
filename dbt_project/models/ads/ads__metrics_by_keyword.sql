with

{{ ads_metrics('keyword', ['platform', 'campaign_id', 'ad_group_id', 'keyword', 'match_type']) }}

select * from metrics
