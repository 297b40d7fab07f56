with

{{ ads_metrics('ad', ['platform', 'campaign_id', 'ad_group_id', 'ad_id']) }}

select * from metrics
